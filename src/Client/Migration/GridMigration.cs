using System.Collections.Immutable;
using System.Globalization;
using Experiments.Grains.Storage;
using Experiments.Grains.Storage.Migration;
using Experiments.Reports;
using Experiments.Training.Data;

namespace Experiments.Client.Migration;

/// <summary>Copies the grids of a local storage that a cluster has not got yet, in their order, once nothing stands in the way of any.</summary>
internal sealed class GridMigration(LocalGrids from, ClusterGrids to, GridData data, Output output)
{
    /// <summary>Each time, a delete of the last grid on the same data may have come between.</summary>
    private const int Attempts = 5;

    private readonly Dictionary<string, (DatasetReference Dataset, string? Missing)> _datasets = [];

    /// <returns>All grids of the local storage, as far as <paramref name="stop"/> let it come.</returns>
    /// <exception cref="UsageException">A grid cannot be copied; all that stand in the way are named.</exception>
    /// <exception cref="StorageUnavailableException">The local storage or the database cannot be used.</exception>
    /// <exception cref="StorageFullException">The database has no more room.</exception>
    /// <exception cref="CopyDiffersException">What has arrived of a grid is not what was sent.</exception>
    public async Task<ImmutableArray<MigratedGrid>> Run(CancellationToken stop)
    {
        var grids = await from.ListAsync();
        var taken = (await to.ListAsync(stop)).ToDictionary(grid => grid.Name, grid => grid.Id);
        RefuseTaken([.. grids.Where(grid => taken.TryGetValue(grid.Name, out string? id) && id != grid.Id)]);

        ImmutableArray<StoredGrid> missing = [.. grids.Where(grid => !taken.ContainsKey(grid.Name))];
        await BringData(missing, stop);

        var copied = await Copy(missing, stop);
        return [.. grids.Select(grid => copied.GetValueOrDefault(grid.Id) ?? Of(grid, copied: false))];
    }

    private static void RefuseTaken(ImmutableArray<StoredGrid> clashing)
    {
        if (!clashing.IsEmpty)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"The cluster has other grids named {string.Join(", ", clashing.Select(grid => grid.Name))}: nothing is copied. Of each name delete the one or the other ('experiments delete NAME', here with --storage, there with --cluster), or migrate into another database."));
        }
    }

    /// <summary>A grid that goes on needs its data; one that has ended is worth having without them.</summary>
    private async Task BringData(ImmutableArray<StoredGrid> grids, CancellationToken stop)
    {
        var faults = new List<string>();
        foreach (var grid in grids)
        {
            try
            {
                _datasets[grid.Id] = (await data.Bring(grid.Definition.Dataset, stop), null);
            }
            catch (Exception exception) when (exception is DatasetException or UsageException)
            {
                _datasets[grid.Id] = (grid.Definition.Dataset, exception.Message);
                if (grid.Unfinished > 0)
                {
                    faults.Add($"Grid {grid.Name}: {exception.Message}");
                }
            }
        }

        if (faults.Count > 0)
        {
            faults.Add("No grid is copied, since the cluster could not go on with these: mend that, or cancel them ('experiments cancel NAME --storage DIR').");
            throw new UsageException(string.Join(Environment.NewLine, faults));
        }
    }

    /// <returns>Those that were copied, by id.</returns>
    private async Task<Dictionary<string, MigratedGrid>> Copy(ImmutableArray<StoredGrid> grids, CancellationToken stop)
    {
        var copied = new Dictionary<string, MigratedGrid>();
        if (grids.IsEmpty)
        {
            return copied;
        }

        long all = grids.Sum(grid => grid.Bytes);
        await using var progress = new ByteProgress(
            gone => string.Create(CultureInfo.InvariantCulture, $"{copied.Count:N0} of {Figures.Count(grids.Length, "grid")} copied, {gone / 1e6:N1} of {all / 1e6:N1} MB."), output);
        foreach (var grid in grids)
        {
            int damaged = await Copy(grid, progress, stop) ?? throw new UsageException(
                string.Create(CultureInfo.InvariantCulture, $"Another grid has taken the name {grid.Name} in the cluster meanwhile. {Figures.Count(copied.Count, "grid")} copied until then; the same command goes on once the name is free."));
            copied.Add(grid.Id, Of(grid, copied: true) with { DamagedCheckpoints = damaged, DataMissing = _datasets[grid.Id].Missing });
        }

        return copied;
    }

    private async Task<int?> Copy(StoredGrid grid, ByteProgress progress, CancellationToken stop)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await to.CopyAsync(from, grid, _datasets[grid.Id].Dataset, progress.Add, stop);
            }
            catch (DatasetMissingException) when (attempt < Attempts)
            {
                _datasets[grid.Id] = (await data.Bring(grid.Definition.Dataset, stop), null);
            }
        }
    }

    private static MigratedGrid Of(StoredGrid grid, bool copied) =>
        new(grid.Name, grid.Id, copied, grid.Definition.Experiments.Length, grid.Unfinished, grid.Epochs, grid.Checkpoints, grid.Bytes, DamagedCheckpoints: 0, DataMissing: null);
}
