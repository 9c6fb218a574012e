using System.Diagnostics;

namespace Experiments.Benchmarks.Clusters;

/// <summary>As many baselines as there are cores, each trained for an epoch of Fashion-MNIST.</summary>
internal static class EpochOnEachCore
{
    private const int TrainImages = 48_000;

    /// <returns>Training images a second of wall time, validation, checkpoints and evaluation included, from the first batch to the last result.</returns>
    public static async Task<double> Measure(BenchedCluster cluster, string grid)
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
