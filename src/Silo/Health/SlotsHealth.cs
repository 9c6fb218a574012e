using Experiments.Clustering;
using Experiments.Grains.Execution;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Experiments.Silo.Health;

/// <summary>Whether the silo's slots are at work, as the cluster hears of them: a silo that reaches no grain trains nothing new.</summary>
internal sealed class SlotsHealth(IGrainFactory grains, ILocalSiloDetails silo, IOptions<TrainingOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        if (options.Value.Slots == 0)
        {
            return HealthCheckResult.Healthy("The silo offers none.");
        }

        var heard = await grains.GetGrain<ISiloGrain>(GrainKeys.Silo(silo.SiloAddress)).GetLast(cancellationToken);
        return heard is { Age.TotalSeconds: < SiloOverviews.SilentSeconds }
            ? HealthCheckResult.Healthy(FormattableString.Invariant($"{heard.Announcement.Experiments.Length} of {heard.Announcement.Slots} train."))
            : HealthCheckResult.Unhealthy(FormattableString.Invariant($"The cluster has not heard of them for {SiloOverviews.SilentSeconds} s. See the silo's log."));
    }
}
