using System.Collections.Immutable;

namespace Experiments;

/// <summary>Reads the epoch histories of many experiments at once, as columns. Its key is 0; it keeps nothing, and any silo answers.</summary>
[Alias("Experiments.IHistoriesGrain")]
public interface IHistoriesGrain : IGrainWithIntegerKey
{
    /// <summary>Reads what is committed, of any grids, in one query.</summary>
    /// <param name="requests">At most <see cref="Histories.MostExperiments"/>.</param>
    /// <returns>
    /// One for each request, in the order of the requests; empty columns for an experiment that has no such epoch, or does not exist. Together
    /// they hold at most <see cref="Histories.MostEpochs"/>: where they hold as many, the rest is to be asked for after the last epoch received.
    /// </returns>
    /// <exception cref="ArgumentException">There are more requests than that.</exception>
    [Alias("Read")]
    Task<ImmutableArray<EpochColumns>> Read(ImmutableArray<HistoryRequest> requests, CancellationToken cancellationToken);
}

/// <summary>What one answer of an <see cref="IHistoriesGrain"/> holds at most.</summary>
public static class Histories
{
    public const int MostExperiments = 1_000;

    /// <summary>Of all experiments together: some 12 MB.</summary>
    public const int MostEpochs = 250_000;
}

/// <param name="AfterEpoch">The last epoch that is known already; 0 for the whole history.</param>
[GenerateSerializer, Immutable, Alias("Experiments.HistoryRequest")]
public sealed record HistoryRequest([property: Id(0)] string ExperimentId, [property: Id(1)] int AfterEpoch);
