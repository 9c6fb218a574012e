using Orleans.Runtime;

namespace Experiments.Clustering;

/// <summary>One silo and its work; what is not known of it is null.</summary>
/// <param name="Busy">Slots that train.</param>
/// <param name="HeardSecondsAgo">Since it last told what it trains; null where it has not yet.</param>
/// <param name="CachedBytes">What the datasets that it has fetched take of its disk.</param>
/// <param name="FreeBytes">What is free on that disk.</param>
/// <param name="Version">Of Experiments.</param>
/// <param name="Processor">Where these are the same, results are to the bit; null where it trains nothing.</param>
/// <param name="Experiments">Ids of those that it trains.</param>
public sealed record SiloOverview(
    string Address,
    string Status,
    int? Slots,
    int? Busy,
    DateTimeOffset? StartedAt,
    double? HeardSecondsAgo,
    long? CachedBytes,
    long? FreeBytes,
    string? Version,
    string? Processor,
    IReadOnlyList<string> Experiments);

public static class SiloOverviews
{
    /// <summary>A silo tells of itself every two seconds; one that has not for so many is silent.</summary>
    public const int SilentSeconds = 10;

    /// <summary>All silos that are not known to be dead, the oldest first.</summary>
    public static async Task<SiloOverview[]> Collect(IGrainFactory grains, CancellationToken stop)
    {
        var hosts = await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: false, stop);
        return await Task.WhenAll(hosts
            .Where(host => host.Status != SiloStatus.Dead)
            .OrderBy(host => host.StartTime)
            .Select(async host =>
            {
                var heard = await grains.GetGrain<ISiloGrain>(GrainKeys.Silo(host.SiloAddress)).GetLast(stop);
                return new SiloOverview(
                    host.SiloAddress.ToParsableString(),
                    host.Status.ToString(),
                    heard?.Announcement.Slots,
                    heard?.Announcement.Experiments.Length,
                    heard?.Announcement.StartedAt,
                    heard?.Age.TotalSeconds,
                    heard?.Announcement.CachedBytes,
                    heard?.Announcement.FreeBytes,
                    heard?.Announcement.Version,
                    heard?.Announcement.Processor,
                    heard?.Announcement.Experiments ?? []);
            }));
    }
}
