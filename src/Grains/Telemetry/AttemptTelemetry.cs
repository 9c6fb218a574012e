using System.Diagnostics;
using Experiments.Training;

namespace Experiments.Grains.Telemetry;

/// <summary>
/// What a slot tells of one attempt, while which it is busy. Spans are begun where the work is reported, with the time at which it began: the
/// thread that trains knows nothing of them.
/// </summary>
internal sealed class AttemptTelemetry : IDisposable
{
    private readonly Lease _lease;
    private readonly string _silo;
    private readonly TimeProvider _time;
    private DateTimeOffset _epochBegan;
    private int _images;

    public AttemptTelemetry(Lease lease, SiloAddress silo, TimeProvider time)
    {
        (_lease, _silo, _time) = (lease, silo.ToParsableString(), time);
        Instruments.SlotUsage.Add(1);
    }

    /// <summary>A part of the attempt: below the span that is current, else below the lease.</summary>
    public async Task<T> Part<T>(string name, Func<Task<T>> work)
    {
        using var span = Span(name, Activity.Current?.Id ?? _lease.Trace);
        return await work();
    }

    /// <param name="images">Images of an epoch.</param>
    public void TrainingBegins(int images) => (_images, _epochBegan) = (images, _time.GetUtcNow());

    public void BatchTrained(BatchProgress progress)
    {
        int size = _lease.Assignment.Definition.Config.Training.BatchSize;
        Instruments.Images.Add(Math.Min(size, _images - ((progress.Batch - 1) * size)));
    }

    /// <returns>When the epoch began.</returns>
    public DateTimeOffset EpochTrained()
    {
        var (began, now) = (_epochBegan, _time.GetUtcNow());
        _epochBegan = now;
        Instruments.Epochs.Add(1);
        Instruments.EpochDuration.Record((now - began).TotalSeconds);
        return began;
    }

    /// <summary>An epoch, from its first batch to its commit, which is under way.</summary>
    public Activity? Epoch(EpochMetrics epoch, DateTimeOffset began) => Span("epoch", _lease.Trace, began)?
        .SetTag(Attributes.Epoch, epoch.Epoch)
        .SetTag(Attributes.TrainLoss, epoch.TrainLoss)
        .SetTag(Attributes.TrainAccuracy, epoch.TrainAccuracy)
        .SetTag(Attributes.ValidationLoss, epoch.ValidationLoss)
        .SetTag(Attributes.ValidationAccuracy, epoch.ValidationAccuracy)
        .SetTag(Attributes.ImagesPerSecond, _images / epoch.Seconds);

    /// <summary>The evaluation, from the end of the last epoch to its commit, which is under way; null where the training came to none.</summary>
    public Activity? Evaluation(TrainingOutcome outcome) => outcome is TrainingOutcome.Completed { Evaluation.Test: var test }
        ? Span("evaluation", _lease.Trace, _epochBegan)?.SetTag(Attributes.TestLoss, test.Loss).SetTag(Attributes.TestAccuracy, test.Accuracy)
        : null;

    /// <summary>A checkpoint's way to the storage. The span of the epoch that it closes tells of its bytes too.</summary>
    /// <param name="store">Gives the bytes that were stored; 0 where they were there already.</param>
    public async Task Checkpoint(Func<Task<int>> store)
    {
        var whole = Activity.Current;
        using var span = Span("checkpoint", whole?.Id ?? _lease.Trace);
        long began = _time.GetTimestamp();
        int bytes = await store();
        if (bytes > 0)
        {
            span?.SetTag(Attributes.CheckpointBytes, bytes);
            whole?.SetTag(Attributes.CheckpointBytes, bytes);
            Instruments.CheckpointDuration.Record(_time.GetElapsedTime(began).TotalSeconds);
            Instruments.CheckpointBytes.Add(bytes);
        }
    }

    public void Dispose() => Instruments.SlotUsage.Add(-1);

    private Activity? Span(string name, string? parent, DateTimeOffset from = default) =>
        ExperimentTrace.Below(parent, name, from, _lease.Assignment, _lease.Number, _silo);
}
