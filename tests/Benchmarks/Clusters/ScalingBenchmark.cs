using System.Diagnostics;
using System.Globalization;

namespace Experiments.Benchmarks.Clusters;

/// <summary>As many silos of one slot as there are cores, against one silo with all the slots.</summary>
internal static class ScalingBenchmark
{
    private const double Bar = 0.95;

    public static async Task<int> Run(string[] args)
    {
        int pairs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10;
        int cores = Environment.ProcessorCount;
        await using var one = await BenchedCluster.Start(cores);
        await using var several = await BenchedCluster.Start([.. Enumerable.Repeat(1, cores)]);
        await EpochOnEachCore.Measure(one, "warm-up");
        await EpochOnEachCore.Measure(several, "warm-up");
        List<double> together = [], apart = [];
        for (int pair = 1; pair <= pairs; pair++)
        {
            // The first of a pair in turn, so that neither gains from a machine that grows faster or slower.
            bool oneFirst = pair % 2 == 1;
            foreach (bool isOne in (bool[])[oneFirst, !oneFirst])
            {
                (isOne ? together : apart).Add(await EpochOnEachCore.Measure(isOne ? one : several, string.Create(CultureInfo.InvariantCulture, $"pair-{pair}")));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pair}: one silo {together[^1]:N0} images/s, {cores} silos {apart[^1]:N0} images/s, {apart[^1] / together[^1]:F3} times"));
        }

        double[] ratios = [.. apart.Zip(together, (several, one) => several / one).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median {(ratios[(pairs - 1) / 2] + ratios[pairs / 2]) / 2:F3} times (bar {Bar:F2})"));
        return 0;
    }
}
