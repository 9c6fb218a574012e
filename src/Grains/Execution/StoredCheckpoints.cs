using System.Collections.Immutable;
using Experiments.Grains.Storage;
using Experiments.Training.Checkpoints;
using Microsoft.Extensions.Logging;

namespace Experiments.Grains.Execution;

/// <summary>
/// The checkpoints of one experiment in the store: which is read, and which go. While it trains, the last two are kept, the one before
/// for where the last is damaged, or its epoch was not committed any more. Each holds the best weights so far beside its own, so
/// the best are never those of a checkpoint that went. Of a completed experiment the final checkpoint alone is kept, and its predictions.
/// It is whole, with the optimizer's moments: a larger number of epochs goes on from it to the weights of a training that never ended, to the bit,
/// which the weights alone would not allow.
/// </summary>
/// <remarks>
/// With Adam a checkpoint holds four numbers of 4 bytes for each parameter (weight, two moments, best weight), the predictions three for each test image:
/// 3.9 MB and 0.1 MB for Fashion-MNIST's model of 241,546 parameters.
/// </remarks>
internal sealed class StoredCheckpoints(ICheckpointStore store, string experimentId, ILogger logger)
{
    public const int Kept = 2;
    public const int KeptOfCompleted = 1;

    /// <summary>Those known to be stored, the newest last.</summary>
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The newest checkpoint that can be read and that <paramref name="suits"/>; null where there is none.</summary>
    public async Task<Checkpoint?> Latest(Func<Checkpoint, bool> suits, CancellationToken cancellationToken)
    {
        await List(cancellationToken);
        foreach (string name in _names.Reverse())
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
    public async Task<bool> HasAdvanced(long lastLease, CancellationToken cancellationToken)
    {
        await List(cancellationToken);
        return CheckpointName.HasAdvanced(_names, lastLease);
    }

    /// <returns>Bytes written; 0 where it was stored last already: most trainings end where their last epoch did.</returns>
    public async Task<int> Store(Checkpoint checkpoint, long lease)
    {
        string name = CheckpointName.Of(checkpoint.Position, lease);
        if (name == _names.Max)
        {
            return 0;
        }

        byte[] bytes = checkpoint.ToBytes();
        await store.WriteAsync(experimentId, name, bytes, CancellationToken.None);
        _names.Add(name);
        return bytes.Length;
    }

    public Task Store(Predictions predictions) =>
        store.WriteAsync(experimentId, StoredPredictions.Name, StoredPredictions.ToBytes(predictions), CancellationToken.None);

    /// <summary>Forgets all but the newest, which are then to be deleted.</summary>
    /// <param name="kept">How many stay.</param>
    /// <returns>Names of the others.</returns>
    public ImmutableArray<string> Supersede(int kept)
    {
        ImmutableArray<string> superseded = [.. _names.Take(_names.Count - kept)];
        _names.ExceptWith(superseded);
        return superseded;
    }

    public Task Delete(ImmutableArray<string> names) =>
        names.IsEmpty ? Task.CompletedTask : store.DeleteAsync(experimentId, names, CancellationToken.None);

    private async Task List(CancellationToken cancellationToken) =>
        _names.UnionWith((await store.ListAsync(experimentId, cancellationToken)).Select(entry => entry.Name).Where(CheckpointName.IsCheckpoint));
}
