using System.Globalization;
using Experiments.Clustering;
using Experiments.ServiceDefaults.Telemetry;
using Experiments.Silo;
using Experiments.Silo.Telling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;

namespace Experiments.Client.Sessions;

/// <summary>Hosts of sessions, built and not started.</summary>
internal static class SessionHost
{
    /// <summary>Long enough for three of the longest answers, and for a silo's death long before.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <param name="active">This process's right to the storage; disposed of with the session.</param>
    /// <param name="slots">0 for one that trains nothing.</param>
    /// <param name="admitsOthers">Whether other processes may join it, since it lasts.</param>
    /// <param name="data">The user's --data.</param>
    public static Session WithSilo(LocalStorage storage, IDisposable active, int slots, bool admitsOthers, string? data = null, WarningLog? warnings = null)
    {
        var (builder, traces) = Builder(warnings);
        if (traces) builder.UseOrleans(silo => silo.AddActivityPropagation());
        builder.AddLocalSilo(new LocalSiloOptions { Storage = storage, Slots = slots, ResumesGrids = false, AdmitsOthers = admitsOthers, DataFolder = data });
        return new Session(builder.Build(), active, trains: slots > 0);
    }

    /// <summary>A client of the process that is active on the storage.</summary>
    public static Session OfClient(LocalStorage storage, ActiveProcess active, CancellationToken stop)
    {
        var builder = ClientBuilder();
        builder.UseOrleansClient(client =>
        {
            active.Gateway!.Join(client);
            client
                .UseConnectionRetryFilter((_, _) => Task.FromResult(false))
                .AddOutgoingGrainCallFilter(new PatientCalls(Patience, () => storage.IsActive(active), reason => Silence(storage, active, reason), stop));
        });
        return new Session(builder.Build(), active: null, trains: active.Slots > 0);
    }

    /// <summary>What to tell of an active process that gives no answer.</summary>
    public static string Silence(LocalStorage storage, ActiveProcess active, string reason) => storage.IsActive(active)
        ? string.Create(CultureInfo.InvariantCulture, $"'{active.Activity}' (process {active.ProcessId}) is active on the storage '{storage.Folder}' and does not answer ({reason}). Wait for it or end it, and try again.")
        : $"'{active.Activity}', which was active on the storage '{storage.Folder}', has ended meanwhile. Try again.";

    /// <summary>A client of a cluster's silos.</summary>
    /// <param name="retry">Asked after each attempt to connect that failed.</param>
    public static Session OfClient(string cluster, Func<Exception, CancellationToken, Task<bool>> retry, CancellationToken stop)
    {
        var builder = ClientBuilder();
        builder.UseOrleansClient(client => client
            .JoinCluster(cluster)
            .UseConnectionRetryFilter(retry)
            .AddOutgoingGrainCallFilter(PatientCalls.OfCluster(Patience, stop)));
        return new Session(builder.Build(), active: null, trains: true);
    }

    private static HostApplicationBuilder ClientBuilder()
    {
        var (builder, traces) = Builder(warnings: null);
        if (traces) builder.UseOrleansClient(client => client.AddActivityPropagation());
        return builder;
    }

    private static (HostApplicationBuilder Builder, bool Traces) Builder(WarningLog? warnings)
    {
        var builder = ClientHost.CreateBuilder();
        if (warnings is not null)
        {
            builder.Logging.AddProvider(warnings);
        }

        UsualLevels.Apply(builder.Logging);
        return (builder, builder.AddTelemetry("experiments-client", isScraped: false));
    }
}
