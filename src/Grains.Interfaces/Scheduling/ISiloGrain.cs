using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Experiments;

/// <summary>What one silo last said of itself; kept in memory alone. Its key is <see cref="GrainKeys.Silo"/> of the silo's address.</summary>
[Alias("Experiments.ISiloGrain")]
public interface ISiloGrain : IGrainWithStringKey
{
    [Alias("Announce")]
    Task Announce(SiloAnnouncement announcement, CancellationToken cancellationToken);

    /// <returns>Null where it has not been heard of, which soon passes.</returns>
    [AlwaysInterleave, Alias("GetLast")]
    Task<HeardAnnouncement?> GetLast(CancellationToken cancellationToken);
}

/// <param name="Slots">Experiments that it trains at once.</param>
/// <param name="Experiments">Ids of those that it trains now.</param>
/// <param name="CachedBytes">What the datasets that it has fetched take of its disk.</param>
/// <param name="FreeBytes">What is free on that disk.</param>
/// <param name="Version">Of Experiments; null where an earlier one than knew of this speaks.</param>
/// <param name="Processor">Where these are the same, results are to the bit; null where the silo trains nothing.</param>
[GenerateSerializer, Immutable, Alias("Experiments.SiloAnnouncement")]
public sealed record SiloAnnouncement(
    [property: Id(0)] int Slots,
    [property: Id(1)] ImmutableArray<string> Experiments,
    [property: Id(2)] DateTimeOffset StartedAt,
    [property: Id(3)] long CachedBytes,
    [property: Id(4)] long FreeBytes,
    [property: Id(5)] string? Version,
    [property: Id(6)] string? Processor);

/// <param name="Age">Since it came, by one machine's monotonic clock.</param>
[GenerateSerializer, Immutable, Alias("Experiments.HeardAnnouncement")]
public sealed record HeardAnnouncement([property: Id(0)] SiloAnnouncement Announcement, [property: Id(1)] TimeSpan Age);
