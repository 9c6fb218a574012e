using System.Globalization;

namespace Experiments.Benchmarks.Training;

/// <summary>Two figures taken in turn, each of a pair first in every other one: what else the machine does, and how warm it is, falls on both.</summary>
/// <param name="first">Name of the first, with its unit.</param>
/// <param name="second">Name of the second, with its unit.</param>
internal sealed class InterleavedPairs(string name, string first, string second)
{
    /// <param name="pairs">How many count; one before them warms up.</param>
    /// <returns>Medians: of the first figure, of the second, and of each pair's first over its second.</returns>
    public async Task<(double First, double Second, double Ratio)> Medians(int pairs, Func<Task<double>> measureFirst, Func<Task<double>> measureSecond)
    {
        List<double> firsts = [], seconds = [];
        for (int pair = 0; pair <= pairs; pair++)
        {
            bool firstLeads = pair % 2 == 0;
            foreach (bool isFirst in (bool[])[firstLeads, !firstLeads])
            {
                (isFirst ? firsts : seconds).Add(await (isFirst ? measureFirst : measureSecond)());
            }

            string which = pair == 0 ? "warm-up" : pair.ToString(CultureInfo.InvariantCulture);
            Line($"{name} {which}: {first} {firsts[^1]:G4}, {second} {seconds[^1]:G4}, {firsts[^1] / seconds[^1]:F3}×");
        }

        return (Median(firsts.Skip(1)), Median(seconds.Skip(1)), Median(firsts.Zip(seconds, (a, b) => a / b).Skip(1)));
    }

    public Task<(double First, double Second, double Ratio)> Medians(int pairs, Func<double> measureFirst, Func<double> measureSecond) =>
        Medians(pairs, () => Task.FromResult(measureFirst()), () => Task.FromResult(measureSecond()));

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
