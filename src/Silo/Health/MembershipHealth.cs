using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Runtime;

namespace Experiments.Silo.Health;

/// <summary>Whether the silo is a member of its cluster.</summary>
internal sealed class MembershipHealth(ILocalSiloDetails silo, IClusterMembershipService membership) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var members = membership.CurrentSnapshot;
        var status = members.GetSiloStatus(silo.SiloAddress);
        int active = members.Members.Values.Count(member => member.Status == SiloStatus.Active);
        return Task.FromResult(status == SiloStatus.Active
            ? HealthCheckResult.Healthy(FormattableString.Invariant($"Active; silos in the cluster: {active}."))
            : HealthCheckResult.Unhealthy($"The silo's status in the cluster is {status}."));
    }
}
