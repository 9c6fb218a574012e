using Experiments.Grains.Execution;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Experiments.Silo.Telling;

/// <summary>Tells of the silo's start and end, and of others that join or go.</summary>
/// <param name="storage">Where the silo keeps what it knows, in words.</param>
internal sealed class SiloNews(
    string storage,
    ILocalSiloDetails silo,
    IClusterMembershipService membership,
    IOptions<TrainingOptions> training,
    ILogger<SiloNews> logger) : BackgroundService, IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        logger.SiloStarts(silo.SiloAddress.Endpoint, training.Value.Slots, silo.GatewayAddress.Endpoint, storage);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        logger.SiloIsUp();
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        logger.SiloStops();
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        logger.SiloHasStopped();
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var known = membership.CurrentSnapshot;
        await foreach (var now in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            int silos = now.Members.Values.Count(member => member.Status == SiloStatus.Active);
            foreach (var member in now.Members.Values.Where(member => !member.SiloAddress.Equals(silo.SiloAddress)))
            {
                Tell(member, known.GetSiloStatus(member.SiloAddress), silos);
            }

            known = now;
        }
    }

    private void Tell(ClusterMember member, SiloStatus before, int silos)
    {
        switch (before, member.Status)
        {
            case (not SiloStatus.Active, SiloStatus.Active):
                logger.SiloJoined(member.SiloAddress.ToParsableString(), silos);
                break;
            case (SiloStatus.Active, SiloStatus.ShuttingDown or SiloStatus.Stopping):
                logger.SiloLeft(member.SiloAddress.ToParsableString(), silos);
                break;
            case (SiloStatus.Active, SiloStatus.Dead):
                logger.SiloLost(member.SiloAddress.ToParsableString(), silos);
                break;
        }
    }
}
