using Experiments.Clustering;
using Orleans.Hosting;

namespace Experiments.Silo;

/// <summary>Where clients reach a silo of its own on the loopback address.</summary>
/// <param name="ClusterId">Another at each start: the silo that has the port of one that has ended turns that one's clients away.</param>
public sealed record LocalGateway(int Port, string ClusterId)
{
    public void Join(IClientBuilder client) => client.UseLocalhostClustering(Port, Cluster.ServiceId, ClusterId);
}
