using System.Diagnostics;
using Experiments.Training;
using Experiments.Training.Checkpoints;
using Experiments.Training.Data;
using Experiments.Training.Evaluation;
using Experiments.Training.Models;

namespace Experiments.Benchmarks.Training;

/// <summary>Two experiments of one thread each, at the same time.</summary>
internal static class SideBySide
{
    public const int Experiments = 2;

    public static DropoutRates Dropout { get; } = new() { Conv1 = 0.25, Conv2 = 0.25, Conv3 = 0.4, Dense = 0.3 };

    /// <param name="with">What is changed of each; null leaves them as they are.</param>
    /// <returns>Images per second of both together, in training alone.</returns>
    public static double Train(BenchedImages images, DropoutRates rates, Func<TrainingConfig, TrainingConfig>? with = null)
    {
        double[] seconds = ArithmeticLimit.Parallel(Experiments, number =>
        {
            var config = Config(number, rates);
            return TrainEpoch(images.Training, config with { Training = with?.Invoke(config.Training) ?? config.Training });
        });
        return Experiments * images.Count / seconds.Max();
    }

    /// <returns>Images per second of both together, as epochs are validated and tests evaluated.</returns>
    public static double Evaluate(BenchedImages images, DropoutRates rates)
    {
        int[] indices = [.. Enumerable.Range(0, images.Count)];
        double[] seconds = ArithmeticLimit.Parallel(Experiments, number =>
        {
            LibTorch.Load();
            var data = images.Training.Dataset;
            using var model = new Network(ModelConfig.LayersOf(Config(number, rates)), data.ImageSize, data.Classes.Length, seed: number);
            using var evaluator = new Evaluator(model, data.Train);
            long started = Stopwatch.GetTimestamp();
            _ = evaluator.Run(indices, CancellationToken.None);
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        });
        return Experiments * images.Count / seconds.Max();
    }

    /// <returns>Seconds of wall time of both together, from their start to their evaluation, with nothing around them.</returns>
    public static double TrainToTheEnd(TrainingSet data, int epochs)
    {
        long started = Stopwatch.GetTimestamp();
        ArithmeticLimit.Parallel(Experiments, number =>
            Trainer.Train(Config(number, new(), epochs), data, null, new Heard(), TimeProvider.System, CancellationToken.None));
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Of the experiment with this number, from 0.</summary>
    public static ExperimentConfig Config(int number, DropoutRates rates, int epochs = 1) => new()
    {
        Dropout = rates,
        Training = new TrainingConfig { Epochs = epochs, BatchSize = BenchedImages.BatchSize, Seed = number + 1 },
    };

    /// <returns>Seconds of the epoch's training.</returns>
    private static double TrainEpoch(TrainingSet data, ExperimentConfig config)
    {
        var heard = new Heard();
        _ = Trainer.Train(config, data, null, heard, TimeProvider.System, CancellationToken.None);
        return heard.Seconds;
    }

    private sealed class Heard : ITrainingProgress
    {
        /// <summary>Of the last epoch.</summary>
        public double Seconds { get; private set; }

        public void BatchTrained(BatchProgress progress)
        {
        }

        public void CheckpointOffered(Func<Checkpoint> checkpoint)
        {
        }

        public void EpochCompleted(EpochMetrics metrics, Checkpoint checkpoint) => Seconds = metrics.Seconds;
    }
}
