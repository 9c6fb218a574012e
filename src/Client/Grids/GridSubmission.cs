using Experiments.Client.Datasets;
using Experiments.Client.Sessions;
using Experiments.GridFiles;
using Experiments.Training.Data;

namespace Experiments.Client.Grids;

/// <summary>A grid file, checked against the data that it trains on.</summary>
internal static class GridSubmission
{
    /// <summary>Each time, a delete of the last grid on the same data may have come between.</summary>
    private const int Attempts = 5;

    /// <exception cref="DatasetException">The data are missing or damaged.</exception>
    public static Task<Dataset> Load(GridFile file, string? data, Output output, CancellationToken stop) =>
        new DatasetLoader(new DatasetOptions { DataFolder = data }).LoadAsync(file.Definition.Dataset, output.DatasetLines(), stop);

    /// <exception cref="GridFileException">The file asks for what the data do not admit.</exception>
    public static GridDefinition Resolve(GridFile file, Dataset dataset)
    {
        file.CheckAgainst(dataset.Train.Count, dataset.ImageSize, dataset.Classes.Length);
        return file.Definition with { Dataset = file.Definition.Dataset with { Sha256 = dataset.Sha256, TrainImages = dataset.Train.Count } };
    }

    /// <summary>For silos that find the data by themselves, or have been sent them.</summary>
    public static async Task<SubmitResult> Submit(IGridGrain grid, GridDefinition definition, CancellationToken stop)
    {
        using var span = Instruments.Submit(definition.Name);
        return await grid.Submit(definition, stop);
    }

    /// <summary>Sends the data first, where silos cannot find them by themselves.</summary>
    /// <exception cref="UsageException">The data are larger than the limit, or the storage does not keep them; nothing was submitted.</exception>
    public static async Task<SubmitResult> Submit(IGrainFactory grains, GridDefinition definition, Dataset dataset, long dataLimit, Output output, CancellationToken stop)
    {
        var grid = grains.GetGrain<IGridGrain>(GrainKeys.Grid(definition.Name));
        if (!DatasetUpload.IsWanted(definition.Dataset))
        {
            return await Submit(grid, definition, stop);
        }

        var stored = definition with { Dataset = definition.Dataset.AsStored() };
        var upload = new DatasetUpload(grains, dataset, dataLimit, output);
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                if (await upload.Send(stop))
                {
                    return await Submit(grid, stored, stop);
                }
            }
            catch (DatasetMissingException)
            {
                // It was deleted after it was sent.
            }
        }

        throw new UsageException($"Dataset {dataset.Name}: the storage does not keep what is sent. See what its silos log, and submit again.");
    }
}
