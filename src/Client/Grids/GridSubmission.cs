using Experiments.Client.Datasets;
using Experiments.GridFiles;
using Experiments.Training.Data;

namespace Experiments.Client.Grids;

/// <summary>A grid file, checked against the data that it trains on.</summary>
internal static class GridSubmission
{
    /// <exception cref="GridFileException">The file asks for what the data do not admit.</exception>
    /// <exception cref="DatasetException">The data are missing or damaged.</exception>
    public static async Task<GridDefinition> Resolve(GridFile file, string? data, Output output, CancellationToken stop)
    {
        var loader = new DatasetLoader(new DatasetOptions { DataFolder = data });
        return Resolve(file, await loader.LoadAsync(file.Definition.Dataset, new DatasetProgressLines(output), stop));
    }

    /// <inheritdoc cref="Resolve(GridFile, string?, Output, CancellationToken)"/>
    public static GridDefinition Resolve(GridFile file, Dataset dataset)
    {
        file.CheckAgainst(dataset.Train.Count);
        return file.Definition with { Dataset = file.Definition.Dataset with { Sha256 = dataset.Sha256, TrainImages = dataset.Train.Count } };
    }
}
