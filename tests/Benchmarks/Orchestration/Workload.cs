using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Experiments.Training;
using Experiments.Training.Checkpoints;
using Experiments.Training.Data;
using Experiments.Training.Evaluation;

namespace Experiments.Benchmarks.Orchestration;

/// <summary>Reports what a training reports, but trains nothing: each epoch is a wait. Its checkpoints hold as many parameters as they are given.</summary>
internal sealed class Workload
{
    private readonly ConcurrentDictionary<string, long> _ended = [];
    private readonly ConcurrentQueue<TimeSpan> _gaps = [];

    /// <summary>How long an epoch takes.</summary>
    public TimeSpan Epoch { get; set; }

    public int Parameters { get; set; } = 1;

    /// <summary>Each time between the end of one training on a slot and the first batch of the next: its reports, the queue and the lease.</summary>
    public IReadOnlyCollection<TimeSpan> Gaps => _gaps;

    public void Forget()
    {
        _ended.Clear();
        _gaps.Clear();
    }

    public TrainingOutcome Run(
        ExperimentConfig config, TrainingSet data, Checkpoint? checkpoint, ITrainingProgress progress, TimeProvider time, CancellationToken stop)
    {
        string slot = Thread.CurrentThread.Name!;
        if (_ended.TryGetValue(slot, out long ended))
        {
            _gaps.Enqueue(Stopwatch.GetElapsedTime(ended));
        }

        var position = checkpoint?.Position ?? new TrainingPosition();
        Checkpoint Here() => new() { Position = position, Config = config, DatasetSha256 = data.Dataset.Sha256, Parameters = [Weights()] };
        while (position.CompletedEpochs < config.Training.Epochs)
        {
            int epoch = position.CompletedEpochs + 1;
            progress.BatchTrained(new BatchProgress(epoch, 1, 1, 1, 0.5, 1));
            if (stop.WaitHandle.WaitOne(Epoch))
            {
                return new TrainingOutcome.Stopped(Here());
            }

            var metrics = new EpochMetrics(epoch, 1.0 / epoch, 0.5, 1.0 / epoch, 0.5, Epoch.TotalSeconds);
            position = new TrainingPosition
            {
                CompletedEpochs = epoch,
                Step = epoch,
                BestEpoch = epoch,
                BestValidationLoss = metrics.ValidationLoss,
                HistorySha256 = HistoryHash.Append(position.HistorySha256, metrics),
            };
            progress.EpochCompleted(metrics, Here());
        }

        _ended[slot] = Stopwatch.GetTimestamp();
        return Completed(data.Dataset, Here());
    }

    private static TrainingOutcome.Completed Completed(Dataset dataset, Checkpoint final)
    {
        ImmutableArray<int> labels = [.. dataset.Test.Labels];
        var matrix = Enumerable.Range(0, dataset.Classes.Length).Select(row => Enumerable.Repeat(row, dataset.Classes.Length).ToImmutableArray()).ToImmutableArray();
        return new TrainingOutcome.Completed(
            new TestEvaluation
            {
                Test = new TestMetrics(0.5, 1, labels.Length, 0),
                Report = ClassificationReports.Build(matrix, dataset.Classes),
                ConfusionMatrix = matrix,
                BestTestAccuracy = 1,
                WeightsSha256 = dataset.Sha256,
                Parameters = 1,
            },
            new Predictions(labels, labels, [.. labels.Select(_ => 1f)]),
            final);
    }

    private Checkpoint.ParameterState Weights()
    {
        float[] numbers = new float[Parameters];
        var tensor = new NamedTensor("weight", [Parameters], numbers);
        return new(tensor, [numbers, numbers], tensor);
    }
}
