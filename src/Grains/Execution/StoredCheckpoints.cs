using System.Collections.Immutable;
using Experiments.Grains.Storage;
using Experiments.Training.Checkpoints;
using Microsoft.Extensions.Logging;

namespace Experiments.Grains.Execution;

/// <summary>
/// The checkpoints of one experiment in the store: which is read, and which go. While it trains, the last two are kept, the one before
/// for where the last is damaged, or its epoch was not committed any more. Each holds the best weights so far beside its own, so
/// the best are never those of a checkpoint that went. Of a completed experiment the final checkpoint alone is kept, and its predictions.
/// It is whole, with Adam's moments: a larger number of epochs goes on from it to the weights of a training that never ended, to the bit,
/// which the weights alone would not allow.
/// </summary>
/// <remarks>
/// A checkpoint holds four numbers of 4 bytes for each parameter (weight, two moments, best weight), the predictions three for each test image:
/// 3.9 MB and 0.1 MB for Fashion-MNIST's model of 241,546 parameters.
/// </remarks>
internal static class StoredCheckpoints
{
    public const int Kept = 2;
    public const int KeptOfCompleted = 1;

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

    /// <inheritdoc cref="CheckpointName.HasAdvanced"/>
    public static async Task<bool> HasAdvanced(ICheckpointStore store, string experimentId, long lastLease, CancellationToken cancellationToken) =>
        CheckpointName.HasAdvanced(await Names(store, experimentId, cancellationToken), lastLease);

    /// <summary>Deletes all but the newest.</summary>
    /// <param name="kept">How many stay.</param>
    public static async Task Prune(ICheckpointStore store, string experimentId, int kept, CancellationToken cancellationToken)
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
