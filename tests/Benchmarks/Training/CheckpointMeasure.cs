using System.Diagnostics;
using Experiments.Benchmarks.Orchestration;
using Experiments.Grains.Storage;
using Experiments.Processes;
using Experiments.Training;
using Experiments.Training.Checkpoints;
using Microsoft.Extensions.DependencyInjection;
using static Experiments.Benchmarks.Training.InterleavedPairs;

namespace Experiments.Benchmarks.Training;

/// <summary>An epoch's checkpoint against the epoch: copied from the model, made into bytes and stored, durably. Only for the copy does training wait.</summary>
internal static class CheckpointMeasure
{
    private const int Checkpoints = 20;

    /// <summary>Images to train on of Fashion-MNIST, whose epoch counts.</summary>
    private const double EpochImages = 48_000;

    public static async Task Run(BenchedImages images)
    {
        var copied = new Copies();
        var config = SideBySide.Config(0, new());
        var outcome = (TrainingOutcome.Completed)Trainer.Train(config, images.Training, null, copied, TimeProvider.System, CancellationToken.None);
        double epoch = copied.EpochSeconds * EpochImages / images.Count;
        double copy = Median(copied.Seconds);
        foreach (string name in PrivatePostgres.Missing is null ? (string[])["sqlite", "postgresql"] : ["sqlite"])
        {
            await using var storage = await BenchedStorage.Open(name);
            await using var silo = await BenchedSilo.Start(storage, slots: 0);
            var store = silo.Services.GetRequiredService<ICheckpointStore>();
            List<double> made = [], stored = [];
            int bytes = 0;
            for (int checkpoint = 0; checkpoint <= Checkpoints; checkpoint++)
            {
                long started = Stopwatch.GetTimestamp();
                byte[] content = outcome.Final.ToBytes();
                made.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
                await store.WriteAsync("experiment", $"{checkpoint}", content);
                stored.Add(Stopwatch.GetElapsedTime(started).TotalSeconds - made[^1]);
                await store.DeleteAsync("experiment", [$"{checkpoint - 1}"]);
                bytes = content.Length;
            }

            // The first finds nothing compiled.
            double all = copy + Median(made.Skip(1)) + Median(stored.Skip(1));
            Line($"checkpoint, {storage.Name}: {bytes / 1e6:F2} MB copied in {copy * 1e3:F2} ms, made in {Median(made.Skip(1)) * 1e3:F2} ms, stored in {Median(stored.Skip(1)) * 1e3:F2} ms; of an epoch of {EpochImages:N0} images, {epoch:F2} s: {all / epoch:P2} (bar 1 %)");
        }
    }

    private sealed class Copies : ITrainingProgress
    {
        public List<double> Seconds { get; } = [];

        public double EpochSeconds { get; private set; }

        public void BatchTrained(BatchProgress progress)
        {
        }

        public void CheckpointOffered(Func<Checkpoint> checkpoint)
        {
            long started = Stopwatch.GetTimestamp();
            _ = checkpoint();
            Seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        public void EpochCompleted(EpochMetrics metrics, Checkpoint checkpoint) => EpochSeconds = metrics.Seconds;
    }
}
