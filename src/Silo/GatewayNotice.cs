using Microsoft.Extensions.Hosting;

namespace Experiments.Silo;

/// <summary>Tells other processes where to reach the active one's silo, once it is up.</summary>
internal sealed class GatewayNotice(LocalStorage storage, LocalGateway gateway, int slots) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        storage.Publish(storage.Active()! with { Gateway = gateway, Slots = slots });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
