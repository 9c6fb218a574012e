using System.Diagnostics;
using Experiments.Training;
using Experiments.Training.Checkpoints;
using Experiments.Training.Data;
using static Experiments.Benchmarks.Training.InterleavedPairs;

namespace Experiments.Benchmarks.Training;

/// <summary>Resident memory of a process as one experiment more trains in it, and as one trains on and on.</summary>
internal static class MemoryMeasure
{
    private const int Slots = 4, EpochsOfEach = 3;
    private const int Epochs = 200, Settled = 20;

    public static async Task Run()
    {
        // Fresh processes: what other measures have taken would hide what these take.
        List<double> resident = [];
        for (int slots = 1; slots <= Slots; slots++)
        {
            resident.Add(double.Parse(await OfAProcess("memory-of-slots", $"{slots}"), System.Globalization.CultureInfo.InvariantCulture));
            Line($"memory: {resident[^1] / 1e6:N0} MB with {slots} slots that train");
        }

        Line($"memory: {resident.Zip(resident.Skip(1), (fewer, more) => more - fewer).Max() / 1e6:N0} MB at most for one slot more, {(resident[^1] - resident[0]) / (Slots - 1) / 1e6:N0} MB on average (bar 250 MB)");
        Line($"{await OfAProcess("memory-over-epochs")}");
    }

    /// <summary>In a process of its own: prints its resident bytes once all slots have trained for some epochs.</summary>
    public static async Task OfSlots(int slots)
    {
        using var images = await BenchedImages.Load(10 * BenchedImages.BatchSize);
        ArithmeticLimit.Parallel(slots, number => Train(images.Training, number, EpochsOfEach, new Residence()));
        Line($"{Environment.WorkingSet}");
    }

    /// <summary>In a process of its own: prints how its resident memory has changed over many short epochs.</summary>
    public static async Task OverEpochs()
    {
        using var images = await BenchedImages.Load(10 * BenchedImages.BatchSize);
        var residence = new Residence();
        Train(images.Training, number: 0, Epochs, residence);
        double early = Median(residence.Bytes.Take(Settled..(2 * Settled))), late = Median(residence.Bytes.TakeLast(Settled));
        Line($"memory: {early / 1e6:N0} MB after {Settled} to {2 * Settled} epochs, {late / 1e6:N0} MB after {Epochs}: {late / early:F3}×");
    }

    private static double Train(TrainingSet data, int number, int epochs, Residence residence)
    {
        _ = Trainer.Train(SideBySide.Config(number, SideBySide.Dropout, epochs), data, null, residence, TimeProvider.System, CancellationToken.None);
        return residence.Bytes[^1];
    }

    private static async Task<string> OfAProcess(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(MemoryMeasure).Assembly.Location, "training", .. arguments]) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.TrimEnd() : throw new InvalidOperationException($"The process that was to be measured ended with {process.ExitCode}.");
    }

    private sealed class Residence : ITrainingProgress
    {
        /// <summary>After each epoch.</summary>
        public List<double> Bytes { get; } = [];

        public void BatchTrained(BatchProgress progress)
        {
        }

        public void CheckpointOffered(Func<Checkpoint> checkpoint)
        {
        }

        public void EpochCompleted(EpochMetrics metrics, Checkpoint checkpoint) => Bytes.Add(Environment.WorkingSet);
    }
}
