using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Experiments.Cluster.Tests.History;
using Experiments.Cluster.Tests.Machines;
using Experiments.Clustering;
using Experiments.Grains.Execution;
using Experiments.Processes;
using Experiments.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Xunit;

namespace Experiments.Cluster.Tests;

/// <summary>
/// Silos in processes of their own, each with one slot, on a database whose every change is recorded. They have a loopback address to
/// themselves, so that a silo that starts again has the ports of its predecessor, and no two clusters ever meet.
/// </summary>
internal sealed class TestedCluster : IAsyncDisposable
{
    private const int FirstSiloPort = 11111, FirstGatewayPort = 30000;

    private static int _clusters;

    private readonly ClusterPlace _place;
    private readonly ITestOutputHelper _log;
    private readonly string _silosDatabase;
    private readonly PrivateNetwork? _network;
    private readonly Dictionary<int, SiloProcess> _silos = [];
    private readonly List<(int Number, SiloProcess Process)> _started = [];
    private readonly List<IHost> _hosts = [];
    private readonly SemaphoreSlim _first = new(1);
    private Sightings? _sightings;

    private TestedCluster(ClusterPlace place, ITestOutputHelper log, string database, string silosDatabase, PrivateNetwork? network) =>
        (_place, _log, Database, _silosDatabase, _network) = (place, log, database, silosDatabase, network);

    /// <summary>Connection string by which the tests reach the database.</summary>
    public string Database { get; }

    /// <summary>Folder of the built programs that silos are started from.</summary>
    public string Programs { get; set; } = Launch.Here.Programs;

    public string Address { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"127.{1 + ((Environment.ProcessId >> 8) % 254)}.{Environment.ProcessId & 0xFF}.{1 + (Interlocked.Increment(ref _clusters) % 254)}");

    public IReadOnlyDictionary<int, SiloProcess> Silos => _silos;

    /// <summary>Which silo trains an experiment, or trained it last.</summary>
    public static int SiloOf(HistoryEvent.RowWritten row) => SiloAddress.FromParsableString(row.Silo!).Endpoint.Port - FirstSiloPort + 1;

    /// <param name="postgres">The server to make its database on; the shared one unless told otherwise.</param>
    /// <param name="silosReachItBy">Given the database's connection string, the one for the silos; the same unless told otherwise.</param>
    /// <param name="network">Where silo 1 is on the first machine, and so on, and clients are at the switch; null for all of them on this one.</param>
    public static async Task<TestedCluster> Create(
        ClusterPlace place, ITestOutputHelper log, PrivatePostgres? postgres = null, Func<string, string>? silosReachItBy = null, PrivateNetwork? network = null)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals and the many loopback addresses are Linux's.");
        string database = await (postgres ?? place.Postgres).CreateDatabase();
        return On(database, place, log, silosReachItBy, network);
    }

    /// <param name="database">Connection string of one that is there, which may hold the record of what happened before.</param>
    public static TestedCluster On(
        string database, ClusterPlace place, ITestOutputHelper log, Func<string, string>? silosReachItBy = null, PrivateNetwork? network = null) =>
        new(place, log, database, silosReachItBy?.Invoke(database) ?? database, network);

    /// <summary>Starts a silo, or one in the place of one that has ended.</summary>
    /// <param name="number">From 1.</param>
    public async Task<SiloProcess> Start(int number, params string[] arguments)
    {
        var machine = _network?.Machines[number - 1];
        var silo = await SiloProcess.Start(
            new Launch(Programs, machine?.Within ?? []), _place.Folder, _silosDatabase,
            [
                "--slots", "1", "--address", machine?.Address ?? Address,
                "--silo-port", Port(FirstSiloPort, number), "--gateway-port", Port(FirstGatewayPort, number),
                .. arguments,
            ]);
        lock (_silos)
        {
            _silos[number] = silo;
            _started.Add((number, silo));
        }

        await AuditOnce();
        return silo;
    }

    public Task Start(params IEnumerable<int> numbers) => Task.WhenAll(numbers.Select(number => Start(number)));

    /// <summary>Starts a silo in this process, whose slot runs a loop of the test's own.</summary>
    public async Task StartHere(int number, TrainingLoop loop, Action<TrainingOptions> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.AddClusterSilo(new ClusterSiloOptions
        {
            ConnectionString = _silosDatabase,
            Slots = 1,
            Address = IPAddress.Parse(Address),
            SiloPort = FirstSiloPort + number - 1,
            GatewayPort = FirstGatewayPort + number - 1,
        });
        builder.Services.AddSingleton(loop).AddSingleton<IFatalErrorHandler, Unmoved>().Configure(configure);
        await StartHere(builder);
        await AuditOnce();
    }

    /// <summary>A client in this process.</summary>
    public async Task<IClusterClient> Connect()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client.JoinCluster(Database));
        return (await StartHere(builder)).Services.GetRequiredService<IClusterClient>();
    }

    public async Task Submit(string file)
    {
        var submitted = await Ask("submit", file);
        Assert.True(submitted.ExitCode == 0, submitted.Output + submitted.Errors);
    }

    /// <summary>As a user does whom the client tells that it reached no silo: the same again is the same grid.</summary>
    public async Task SubmitUntilHeard(string file)
    {
        var submitted = await Wait.Until("a silo hears the submit", () => Ask("submit", file), submitted => submitted.ExitCode != 3);
        Assert.True(submitted.ExitCode == 0, submitted.Output + submitted.Errors);
    }

    /// <summary>Runs the client to its end.</summary>
    public async Task<ClientResult> Ask(params string[] arguments)
    {
        await using var client = StartClient(arguments);
        return await client.Finish();
    }

    public ClientProcess StartClient(params string[] arguments) => _network is null
        ? ClientProcess.Start(_place.Folder, [.. arguments, "--cluster", Database])
        : ClientProcess.Start(Launch.Here with { Within = _network.Switch.Within }, _place.Folder, [.. arguments, "--cluster", _silosDatabase]);

    /// <summary>All that has happened in the database, once something is so of it.</summary>
    public Task<ImmutableArray<HistoryEvent>> Until(string what, Func<ImmutableArray<HistoryEvent>, bool> so) =>
        Wait.Until(what, () => AuditTrail.Read(Database), so);

    /// <summary>Waits for the end of all grids there are, which must be what it is on one machine where nothing happens, and so must be the way there.</summary>
    public async Task EndsAsUndisturbed(params IEnumerable<string> grids)
    {
        foreach (string grid in grids)
        {
            var watched = await Ask("watch", grid);
            Assert.True(watched.ExitCode == 0, watched.Output + watched.Errors);
            Assert.Equal(await _place.Undisturbed(), RecordedResults.Reproducible(await Show(grid)));
        }

        await CheckHistory();
    }

    /// <summary>The grid, as <c>show --json</c> tells it.</summary>
    public async Task<JsonNode> Show(string grid)
    {
        var shown = await Ask("show", grid, "--json");
        Assert.True(shown.ExitCode == 0, shown.Output + shown.Errors);
        return JsonNode.Parse(shown.Output)!;
    }

    public async Task CheckHistory()
    {
        var events = await AuditTrail.Read(Database);
        var violations = HistoryChecker.Violations(
            events, _sightings!.Seen, await AuditTrail.ReadEpochs(Database), await AuditTrail.ReadWeights(Database), await _place.UndisturbedHistories());
        _log.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{events.OfType<HistoryEvent.EpochCommitted>().Count()} epochs committed, {events.OfType<HistoryEvent.RowWritten>().DistinctBy(row => (row.ExperimentId, row.Lease)).Count()} leases, {events.OfType<HistoryEvent.CheckpointStored>().Count()} checkpoints."));
        Assert.True(violations.IsEmpty, string.Join('\n', violations));
    }

    public async ValueTask DisposeAsync()
    {
        if (_sightings is not null)
        {
            await _sightings.DisposeAsync();
        }

        foreach (var host in Enumerable.Reverse(_hosts))
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }

        foreach (var (number, silo) in _started)
        {
            await silo.DisposeAsync();
            if (TestContext.Current.TestState?.Result == TestResult.Failed)
            {
                _log.WriteLine($"Silo {number}:\n{silo.Output}");
            }
        }

        _first.Dispose();
    }

    private async Task<IHost> StartHere(HostApplicationBuilder builder)
    {
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        _hosts.Add(host);
        return host;
    }

    private static string Port(int first, int number) => (first + number - 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The first silo makes the tables.</summary>
    private async Task AuditOnce()
    {
        await _first.WaitAsync();
        try
        {
            if (_sightings is null)
            {
                await AuditTrail.Ensure(Database);
                _sightings = new Sightings(Database);
            }
        }
        finally
        {
            _first.Release();
        }
    }

    /// <summary>A silo in the tests' process must not end it, whatever the others think of it on a busy machine: its leases fence it.</summary>
    private sealed class Unmoved : IFatalErrorHandler
    {
        public bool IsUnexpected(Exception exception) => true;

        public void OnFatalException(object? sender, string? context, Exception? exception)
        {
        }
    }
}
