using Orleans.Concurrency;

namespace Experiments.Grains.Storage;

[StatelessWorker]
internal sealed class StorageGrain(Database database) : Grain, IStorageGrain
{
    public Task<long> Measure(CancellationToken cancellationToken) => database.MeasureAsync(cancellationToken);
}
