using Experiments.Dashboard.Cluster;
using Experiments.Dashboard.Control;
using Experiments.Dashboard.Description;
using Experiments.Dashboard.Grids;
using Experiments.Dashboard.Live;
using Experiments.Dashboard.Operation;
using Experiments.Dashboard.Problems;
using Experiments.Dashboard.Security;
using Experiments.Dashboard.Shell;
using Experiments.Dashboard.Submitting;
using Experiments.Reports;

namespace Experiments.Dashboard;

internal static class DashboardHost
{
    /// <summary>The host, which listens nowhere but where the options say: it reads no other configuration.</summary>
    /// <param name="complete">Adds the <see cref="Connection.IClusterGrains"/> of what is shown, and where the log goes.</param>
    /// <exception cref="StorageUnavailableException">The connection string cannot be used.</exception>
    public static WebApplication Build(DashboardOptions options, Action<WebApplicationBuilder> complete)
    {
        // The pages' files stand beside the program, whatever folder it is started in.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(DashboardHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.Limit()).UseUrls([.. options.Urls.Select(ListenUrl.Text)]);
        builder.Logging
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
            .AddFilter("Experiments", LogLevel.Information)
            // It warns of keys that are stored unencrypted; none is stored.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        complete(builder);
        builder.Services.AddSingleton<LiveFeed>();
        builder.Services.AddSingleton<GridFinder>();
        builder.Services.AddSingleton<SeenChanges>();
        builder.Services.AddScoped<OperatorChanges>();
        builder.Services.AddSubmitting();
        builder.Services.AddOrleansPages();
        builder.Services.AddHealth();
        builder.Services.AddRouting();
        builder.Services.AddSecurity(options);
        builder.Services.AddProblems();
        builder.Services.AddApiDescription(options);
        builder.Services.AddShell();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            ResultsJson.Configure(json.SerializerOptions);
            json.SerializerOptions.WriteIndented = false;
        });

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseExceptionHandler();
        app.UseProblems();
        app.UseRefusals();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapShell();
        app.MapSignIns(options.Access);
        app.MapGrids();
        app.MapControl();
        app.MapSubmitting();
        app.MapCluster();
        app.MapOrleansPages();
        app.MapOperation(options);
        app.MapOpenApi();
        app.MapApiReference();
        return app;
    }
}
