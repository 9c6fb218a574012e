namespace Experiments.Dashboard.Connection;

internal static class ConnectionExtensions
{
    /// <param name="cluster">Connection string of its database.</param>
    /// <param name="traces">Whether calls carry the trace of the request that they are made for.</param>
    public static void AddClusterConnection(this IServiceCollection services, string cluster, bool traces = false)
    {
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ClusterConnection>(provider, cluster, traces));
        services.AddSingleton<IClusterGrains>(provider => provider.GetRequiredService<ClusterConnection>());
        services.AddHostedService(provider => provider.GetRequiredService<ClusterConnection>());
    }
}
