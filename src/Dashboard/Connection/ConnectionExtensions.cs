namespace Experiments.Dashboard.Connection;

internal static class ConnectionExtensions
{
    /// <param name="cluster">Connection string of its database.</param>
    public static void AddClusterConnection(this IServiceCollection services, string cluster)
    {
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ClusterConnection>(provider, cluster));
        services.AddSingleton<IClusterGrains>(provider => provider.GetRequiredService<ClusterConnection>());
        services.AddHostedService(provider => provider.GetRequiredService<ClusterConnection>());
    }
}
