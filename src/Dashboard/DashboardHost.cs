using Experiments.Dashboard.Connection;
using Experiments.Dashboard.Description;
using Experiments.Dashboard.Grids;
using Experiments.Dashboard.Problems;
using Experiments.Dashboard.Security;
using Experiments.Dashboard.Silos;
using Experiments.Reports;

namespace Experiments.Dashboard;

internal static class DashboardHost
{
    /// <summary>The host, which listens nowhere but where the options say: it reads no other configuration.</summary>
    /// <exception cref="StorageUnavailableException">The connection string cannot be used.</exception>
    public static WebApplication Build(DashboardOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.Limit()).UseUrls([.. options.Urls.Select(ListenUrl.Text)]);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
            .AddFilter("Experiments", LogLevel.Information);

        builder.Services.AddSingleton(options);
        builder.Services.AddClusterConnection(options.Cluster);
        builder.Services.AddRouting();
        builder.Services.AddSecurity();
        builder.Services.AddProblems();
        builder.Services.AddApiDescription(options);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            ResultsJson.Configure(json.SerializerOptions);
            json.SerializerOptions.WriteIndented = false;
        });

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRefusals();
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseAuthorization();

        app.MapGrids();
        app.MapSilos();
        app.MapOpenApi();
        return app;
    }
}
