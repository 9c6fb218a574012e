using Experiments.Dashboard.Connection;
using Experiments.Dashboard.Security;
using Orleans.Dashboard;

namespace Experiments.Dashboard.Cluster;

/// <summary>Orleans' own dashboard: grains, their calls and their state. For operators, as it shows what no page of ours does.</summary>
internal static class OrleansPages
{
    /// <summary>Its pages hold a font as data, which the policy allows below this path alone.</summary>
    public const string Path = "/orleans";

    public static void AddOrleansPages(this IServiceCollection services)
    {
        // Asked for with each of its questions, so that it needs no cluster before one answers.
        services.AddTransient(provider => provider.GetRequiredService<IClusterGrains>().Grains);
        new ClientServices(services).AddDashboard(dashboard => dashboard.HideTrace = true);
    }

    public static void MapOrleansPages(this IEndpointRouteBuilder app) => app.MapOrleansDashboard(Path).RequireAuthorization(Role.Operator).ExcludeFromDescription();

    /// <summary>Its services beside the pages', and not beside the client's, which is made anew until a silo answers.</summary>
    private sealed class ClientServices(IServiceCollection services) : IClientBuilder
    {
        public IServiceCollection Services => services;

        public IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();
    }
}
