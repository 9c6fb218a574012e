using System.Collections.Immutable;
using Experiments.Grains.Storage;
using Orleans.Concurrency;

namespace Experiments.Grains.Experiments;

[StatelessWorker, Reentrant]
internal sealed class HistoriesGrain(IExperimentStore store) : Grain, IHistoriesGrain
{
    public Task<ImmutableArray<EpochColumns>> Read(ImmutableArray<HistoryRequest> requests, CancellationToken cancellationToken) =>
        requests.Length <= Histories.MostExperiments
            ? store.ReadHistoriesAsync(requests, Histories.MostEpochs, cancellationToken)
            : throw new ArgumentException(
                FormattableString.Invariant($"{requests.Length} histories were asked for at once: ask for at most {Histories.MostExperiments}."), nameof(requests));
}
