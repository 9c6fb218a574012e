using System.Diagnostics;
using System.Globalization;

namespace Experiments.Benchmarks.Clusters;

/// <summary>From the kill of a silo to the first batch that another one trains of its experiment, while every core trains.</summary>
internal static class FailoverBenchmark
{
    private const double Bar = 15;

    /// <summary>As many silos as cores train, and one more has a free slot.</summary>
    private static readonly int[] Slots = [.. Enumerable.Repeat(1, Environment.ProcessorCount + 1)];

    public static async Task<int> Run(string[] args)
    {
        int runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        var seconds = new List<double>();
        for (int run = 1; run <= runs; run++)
        {
            seconds.Add(await Measure(killed: run % Environment.ProcessorCount));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run}: trained elsewhere {seconds[^1]:F1} s after its silo was killed"));
        }

        seconds.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median {seconds[runs / 2]:F1} s, {seconds[^1]:F1} s at most (bar {Bar:F0} s)"));
        return 0;
    }

    /// <param name="killed">Number of the experiment whose silo is killed, from 0.</param>
    private static async Task<double> Measure(int killed)
    {
        await using var cluster = await BenchedCluster.Start(Slots);
        await cluster.Submit(new GridDefinition
        {
            Name = "failover",
            Dataset = new DatasetReference { Name = DatasetReference.FashionMnist },
            Experiments =
            [
                .. Enumerable.Range(1, Environment.ProcessorCount).Select(seed => new ExperimentDefinition
                {
                    Name = $"baseline-{seed}",
                    Variant = "baseline",
                    Config = new ExperimentConfig { Training = new TrainingConfig { Seed = seed } },
                }),
            ],
        });
        var before = await cluster.Until("failover", rows => rows.All(row => row.Progress is { Batch: > 20 }));
        string silo = before[killed].Silo!;
        var clock = Stopwatch.StartNew();
        await cluster.Kill(silo);
        await cluster.Until("failover", rows => rows[killed] is { Progress: not null } row && row.Silo != silo);
        return clock.Elapsed.TotalSeconds;
    }
}
