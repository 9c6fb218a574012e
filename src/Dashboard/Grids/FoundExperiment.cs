using Experiments.Dashboard.Live;

namespace Experiments.Dashboard.Grids;

/// <summary>An experiment that a request names, and its grid, as they were last heard of.</summary>
internal sealed record FoundExperiment(LiveGrid Live, GridView Grid, ExperimentRow Row)
{
    public ExperimentConfig Config => Grid.Configs[Row.Name];
}
