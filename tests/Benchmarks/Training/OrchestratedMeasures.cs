using System.Diagnostics;
using Experiments.Benchmarks.Orchestration;
using Experiments.Training.Data;
using static Experiments.Benchmarks.Training.InterleavedPairs;

namespace Experiments.Benchmarks.Training;

/// <summary>What a silo costs those that train on it, and what they cost those that ask it.</summary>
internal sealed class OrchestratedMeasures(BenchedImages images, int pairs)
{
    /// <summary>Enough that a grid of few images is not all submit and start: users train ten times as many epochs of four times as many.</summary>
    private const int Epochs = 5;

    /// <summary>From the submit of a grid of two experiments to its completion, with grains, leases, checkpoints and SQLite, against their training alone.</summary>
    public Task Orchestrated() => OnASilo(async (silo, dataset, data) =>
    {
        int grids = 0;
        var (orchestrated, bare, ratio) = await new InterleavedPairs("orchestrated", "through a silo s", "bare s")
            .Medians(pairs, Grid, () => Task.FromResult(SideBySide.TrainToTheEnd(data, Epochs)));
        Line($"orchestrated: {orchestrated:F2} s for a grid of two experiments of {Epochs} epochs, {bare:F2} s bare: {ratio:F3}× (bar 1.03×)");

        async Task<double> Grid()
        {
            string name = $"grid-{++grids}";
            long started = Stopwatch.GetTimestamp();
            await silo.Submit(name, dataset, Enumerable.Range(0, SideBySide.Experiments).Select(number => SideBySide.Config(number, new(), Epochs)));
            await silo.UntilCompleted(name);
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
    });

    /// <summary>How long a grid's overview takes, over the network, while each core of the silo trains.</summary>
    public Task Calls() => OnASilo(async (silo, dataset, data) =>
    {
        const int Calls = 1_000, TooMany = 1_000;
        var pause = TimeSpan.FromMilliseconds(10);
        await silo.Submit("calls", dataset, Enumerable.Range(0, Environment.ProcessorCount).Select(number => SideBySide.Config(number, new(), TooMany)));
        while ((await silo.Grid("calls").GetSnapshot(since: 0, CancellationToken.None))!.Experiments.Any(row => row.Progress is null))
        {
            await Task.Delay(pause);
        }

        double[] milliseconds = new double[Calls];
        for (int call = 0; call < Calls; call++)
        {
            long started = Stopwatch.GetTimestamp();
            _ = await silo.Grid("calls").GetOverview(CancellationToken.None);
            milliseconds[call] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            await Task.Delay(pause);
        }

        var training = (await silo.Grid("calls").GetOverview(CancellationToken.None))!;
        Array.Sort(milliseconds);
        Line($"calls: p50 {milliseconds[Calls / 2]:F2} ms, p99 {milliseconds[Calls * 99 / 100]:F2} ms, {milliseconds[^1]:F2} ms at most of {Calls:N0} while {training.Running} experiments train on {Environment.ProcessorCount} cores (bar p99 50 ms)");
        await silo.Grid("calls").Control(ControlVerb.Cancel, experiment: null, CancellationToken.None);
    });

    private async Task OnASilo(Func<BenchedSilo, DatasetReference, TrainingSet, Task> measure)
    {
        string folder = Directory.CreateTempSubdirectory("experiments-training-").FullName;
        try
        {
            var (reference, data) = await images.Write(folder);
            await using var storage = await BenchedStorage.Open("sqlite");
            await using var silo = await BenchedSilo.Start(storage, Environment.ProcessorCount, trains: true);
            await measure(silo, reference, data);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
