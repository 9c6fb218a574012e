using System.Diagnostics;
using System.Globalization;

namespace Experiments.Benchmarks.Clusters;

/// <summary>As many silos of one slot as there are cores, against one silo with all the slots.</summary>
internal static class ScalingBenchmark
{
    private const double Bar = 0.95;
    private const int Epochs = 2;

    public static async Task<int> Run(string[] args)
    {
        int pairs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        int cores = Environment.ProcessorCount;
        List<double> together = [], apart = [];
        for (int pair = 1; pair <= pairs; pair++)
        {
            together.Add(await Measure(cores));
            apart.Add(await Measure([.. Enumerable.Repeat(1, cores)]));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pair}: one silo {together[^1]:N0} images/s, {cores} silos {apart[^1]:N0} images/s, {apart[^1] / together[^1]:F3} times"));
        }

        double[] ratios = [.. apart.Zip(together, (several, one) => several / one).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median {ratios[pairs / 2]:F3} times (bar {Bar:F2})"));
        return 0;
    }

    /// <param name="slots">Of each silo.</param>
    /// <returns>Training images a second of wall time, validation, checkpoints and evaluation included, from the first batch to the last result.</returns>
    private static async Task<double> Measure(params int[] slots)
    {
        await using var cluster = await BenchedCluster.Start(slots);
        await cluster.Submit(new GridDefinition
        {
            Name = "scaling",
            Dataset = new DatasetReference { Name = DatasetReference.FashionMnist },
            Experiments =
            [
                .. Enumerable.Range(1, slots.Sum()).Select(seed => new ExperimentDefinition
                {
                    Name = $"baseline-{seed}",
                    Variant = "baseline",
                    Config = new ExperimentConfig { Training = new TrainingConfig { Epochs = Epochs, Seed = seed } },
                }),
            ],
        });
        await cluster.Until("scaling", rows => rows.All(row => row.Progress is not null));
        var clock = Stopwatch.StartNew();
        var rows = await cluster.Until("scaling", rows => rows.All(row => row.Status == ExperimentStatus.Completed));
        const int TrainImages = 48_000;
        return rows.Count * Epochs * TrainImages / clock.Elapsed.TotalSeconds;
    }
}
