namespace Experiments;

/// <summary>Tells of the storage that all silos share. Its key is 0.</summary>
[Alias("Experiments.IStorageGrain")]
public interface IStorageGrain : IGrainWithIntegerKey
{
    /// <returns>Bytes of the whole database: checkpoints, histories, the state of grains, and the room that deleted rows have left.</returns>
    [Alias("Measure")]
    Task<long> Measure(CancellationToken cancellationToken);
}
