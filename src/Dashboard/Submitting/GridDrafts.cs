using Experiments.Dashboard.Connection;
using Experiments.GridFiles;

namespace Experiments.Dashboard.Submitting;

/// <summary>Checks texts as the command line checks grid files, with what a silo knows of the data in place of files, which are elsewhere.</summary>
internal sealed class GridDrafts(IClusterGrains cluster, DatasetContents contents)
{
    /// <summary>Its name in faults, which nobody sees: their places are shown without it.</summary>
    private const string Text = "grid";

    /// <param name="set">As <c>--set</c>, each <c>key=value</c>.</param>
    public async Task<GridDraft> Check(string yaml, IReadOnlyList<string> set, CancellationToken stop)
    {
        try
        {
            // Off the circuit's own thread: a matrix may come to a hundred thousand experiments.
            var file = await Task.Run(() => GridFile.Parse(yaml, Text, folder: null, set), stop);
            var (dataset, summary) = await contents.Resolve(file, stop);
            file.CheckAgainst(dataset.TrainImages, summary.ImageSize, summary.Classes.Length);
            return GridDraft.Of(file.Definition with { Dataset = dataset });
        }
        catch (GridFileException exception)
        {
            return GridDraft.Of(exception);
        }
    }

    /// <summary>What submitting it now would come to.</summary>
    public async Task<SubmitEffect> Foresee(GridDefinition definition, CancellationToken stop)
    {
        var grid = cluster.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(definition.Name));
        return await grid.GetDefinition(stop) is { } existing ? SubmitEffect.Of(existing, definition) : SubmitEffect.OfFirst(definition);
    }
}
