using System.Globalization;

[assembly: AssemblyFixture(typeof(Experiments.Dashboard.Tests.LiveCluster))]

namespace Experiments.Dashboard.Tests;

/// <summary>A cluster for tests that watch it train and steer it.</summary>
public sealed class LiveCluster() : SiloFixture(slots: 4)
{
    private int _grids;

    /// <summary>Submits a grid on the small dataset, and does not wait for it.</summary>
    /// <param name="experiments">YAML, indented below <c>experiments:</c>.</param>
    /// <returns>Its name, which no other has.</returns>
    public async Task<string> Submit(string experiments, int epochs)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"live-{Interlocked.Increment(ref _grids)}");
        await Ask("submit", Workplace.Grid(name, experiments, epochs));
        return name;
    }

    /// <summary>The same, once it has ended.</summary>
    public async Task<string> Train(string experiments, int epochs)
    {
        string name = await Submit(experiments, epochs);
        await Ask("watch", name);
        return name;
    }
}
