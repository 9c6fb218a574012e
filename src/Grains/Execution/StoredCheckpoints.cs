using System.Collections.Immutable;
using Experiments.Grains.Storage;
using Experiments.Training.Checkpoints;
using Microsoft.Extensions.Logging;

namespace Experiments.Grains.Execution;

/// <summary>The checkpoints of one experiment in the store: which is read, and which go.</summary>
internal static class StoredCheckpoints
{
    private const int Kept = 2;

    /// <summary>The newest checkpoint that can be read and that <paramref name="suits"/>; null where there is none.</summary>
    public static async Task<Checkpoint?> Latest(
        ICheckpointStore store, string experimentId, Func<Checkpoint, bool> suits, ILogger logger, CancellationToken cancellationToken)
    {
        foreach (string name in await Names(store, experimentId, cancellationToken))
        {
            try
            {
                if (await store.ReadAsync(experimentId, name, cancellationToken) is { } bytes && Checkpoint.FromBytes(bytes) is var checkpoint && suits(checkpoint))
                {
                    return checkpoint;
                }

                logger.CheckpointPassedOver(experimentId, name);
            }
            catch (Exception exception) when (exception is DamagedCheckpointException or SafetensorsException)
            {
                logger.CheckpointDamaged(experimentId, name, exception.Message);
            }
        }

        return null;
    }

    /// <summary>Deletes all but the newest.</summary>
    /// <param name="kept">How many stay.</param>
    public static async Task Prune(ICheckpointStore store, string experimentId, CancellationToken cancellationToken, int kept = Kept)
    {
        var names = await Names(store, experimentId, cancellationToken);
        if (names.Length > kept)
        {
            await store.DeleteAsync(experimentId, names[kept..], cancellationToken);
        }
    }

    /// <summary>The newest first.</summary>
    private static async Task<ImmutableArray<string>> Names(ICheckpointStore store, string experimentId, CancellationToken cancellationToken) =>
    [
        .. (await store.ListAsync(experimentId, cancellationToken))
            .Select(entry => entry.Name)
            .Where(CheckpointName.IsCheckpoint)
            .OrderByDescending(name => name, StringComparer.Ordinal),
    ];
}
