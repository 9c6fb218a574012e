namespace Experiments.Benchmarks.Dashboards;

/// <summary>How much is measured.</summary>
/// <param name="Experiments">Of the long grid.</param>
/// <param name="Curves">Experiments of the grid whose curves are drawn.</param>
/// <param name="Epochs">Of each curve.</param>
/// <param name="Compared">Experiments beside one another, 100 at most.</param>
/// <param name="Under">How long the API is asked, and how long the dashboard is left alone.</param>
/// <param name="Updates">Of an open page.</param>
/// <param name="Times">That each navigation and click is repeated.</param>
internal sealed record BenchSize(int Experiments, int Curves, int Epochs, int Compared, TimeSpan Under, int Updates, int Times)
{
    /// <summary>What must be reached is told of this.</summary>
    public static BenchSize Whole { get; } = new(10_000, 1_000, 50, 100, TimeSpan.FromSeconds(30), 2_000, 5);

    /// <summary>To see whether it works.</summary>
    public static BenchSize Short { get; } = new(200, 100, 10, 20, TimeSpan.FromSeconds(5), 40, 3);
}
