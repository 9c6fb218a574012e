using System.Diagnostics;
using System.Globalization;

namespace Experiments.Benchmarks.Clusters;

/// <summary>As many silos of one slot as there are cores, against one silo with all the slots.</summary>
internal static class ScalingBenchmark
{
    private const double Bar = 0.95;
    private const int TrainImages = 48_000;

    public static async Task<int> Run(string[] args)
    {
        int pairs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10;
        int cores = Environment.ProcessorCount;
        await using var one = await BenchedCluster.Start(cores);
        await using var several = await BenchedCluster.Start([.. Enumerable.Repeat(1, cores)]);
        await Measure(one, "warm-up");
        await Measure(several, "warm-up");
        List<double> together = [], apart = [];
        for (int pair = 1; pair <= pairs; pair++)
        {
            // The first of a pair in turn, so that neither gains from a machine that grows faster or slower.
            bool oneFirst = pair % 2 == 1;
            foreach (bool isOne in (bool[])[oneFirst, !oneFirst])
            {
                (isOne ? together : apart).Add(await Measure(isOne ? one : several, string.Create(CultureInfo.InvariantCulture, $"pair-{pair}")));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pair}: one silo {together[^1]:N0} images/s, {cores} silos {apart[^1]:N0} images/s, {apart[^1] / together[^1]:F3} times"));
        }

        double[] ratios = [.. apart.Zip(together, (several, one) => several / one).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median {(ratios[(pairs - 1) / 2] + ratios[pairs / 2]) / 2:F3} times (bar {Bar:F2})"));
        return 0;
    }

    /// <summary>Trains an epoch on each core.</summary>
    /// <returns>Training images a second of wall time, validation, checkpoints and evaluation included, from the first batch to the last result.</returns>
    private static async Task<double> Measure(BenchedCluster cluster, string grid)
    {
        await cluster.Submit(new GridDefinition
        {
            Name = grid,
            Dataset = new DatasetReference { Name = DatasetReference.FashionMnist },
            Experiments =
            [
                .. Enumerable.Range(1, Environment.ProcessorCount).Select(seed => new ExperimentDefinition
                {
                    Name = $"baseline-{seed}",
                    Variant = "baseline",
                    Config = new ExperimentConfig { Training = new TrainingConfig { Epochs = 1, Seed = seed } },
                }),
            ],
        });
        await cluster.Until(grid, rows => rows.All(row => row.Progress is not null));
        var clock = Stopwatch.StartNew();
        var rows = await cluster.Until(grid, rows => rows.All(row => row.Status == ExperimentStatus.Completed));
        return rows.Count * TrainImages / clock.Elapsed.TotalSeconds;
    }
}
