using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Experiments.Processes;

namespace Experiments.Client.Tests.Doctor;

/// <summary><c>experiments doctor</c> of a cluster: real silos, a real server, and what may be wrong with them.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("experiments-").FullName;

    private PrivatePostgres _server = null!;
    private string _database = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await PrivatePostgres.Start(durable: true);
        _database = await _server.CreateDatabase();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_new_database_is_no_fault_and_stays_empty()
    {
        var diagnosis = await Find(("database", "Ok", "the first silo makes the tables"), ("durability", "Ok", "power cut"), ("connections", "Ok", "of 97 are used"), ("clock", "Ok", "the database's"),
            ("cluster", "Note", "No silo runs"), ("queue", "Ok", "0 of 0 slots train"));

        Assert.DoesNotContain(diagnosis.Checks, check => check.Key is "storage" || (check.Value.Status == "Fault" && check.Key is not "dataset"));
        Assert.Equal(0L, await PrivatePostgres.Execute(_database, "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task A_healthy_cluster_is_all_right_and_once_its_silo_is_frozen_or_killed_it_is_not()
    {
        await using var silo = await SiloProcess.Start(_folder, _database, "--slots", "1");
        await Find(("database", "Ok", "schema version"), ("connections", "Ok", "1 silo may want 20"), ("cluster", "Ok", "1 silo; all are heard of"), ("silo versions", "Ok", "as this program is"),
            ("silo processors", "Ok", "same to the bit"), ("queue", "Ok", "0 of 1 slot train, 0 experiments wait"));

        silo.Freeze();
        await Find(("database", "Ok", "schema version"), ("cluster", "Fault", "no gateway answers here (127.0.0.1:"), ("queue", "Note", "Mend 'cluster' first."));

        await silo.Kill();
        var diagnosis = await Find(("database", "Ok", "schema version"), ("cluster", "Fault", "Start silos again if they were killed"));
        Assert.Equal(1, diagnosis.ExitCode);
    }

    [Fact]
    public async Task Experiments_that_nobody_can_train_are_a_fault()
    {
        using var workplace = new Workplace(trainImages: 400);
        await using var silo = await SiloProcess.Start(_folder, _database, "--slots", "0");
        var submitted = await ClientProcess.Run(workplace.Folder, [("EXPERIMENTS_CLUSTER", _database)], "submit", workplace.Grid("waiting", "  - name: a\n  - name: b"));
        Assert.True(submitted.ExitCode == 0, submitted.Errors);

        await Find(("queue", "Fault", "2 experiments wait: nothing will train them"), ("silo processors", "Ok", "No silo has told"));
    }

    [Fact]
    public async Task A_database_that_cannot_be_used_is_told_as_such_and_what_depends_on_it_is_not_looked_at()
    {
        string user = await _server.CreateUser(_database, "trainer", "right-secret");
        var refused = await Diagnosis.Until(_folder, [("EXPERIMENTS_CLUSTER", $"{user};Password=wrong-secret")], [("database", "Fault", "Check user and password"), ("queue", "Note", "Mend 'database' first.")]);
        Assert.DoesNotContain("-secret", refused.ToString(), StringComparison.Ordinal);

        await PrivatePostgres.Execute(_database, "CREATE TABLE schema_version (version bigint); INSERT INTO schema_version VALUES (1000)");
        await Find(("database", "Fault", "schema version 1000"));

        await _server.Stop();
        await Find(("database", "Fault", "Check host and port"), ("clock", "Note", "Mend 'database' first."));
    }

    [Fact]
    public async Task A_database_that_never_answers_is_not_waited_for()
    {
        using var silent = new TcpListener(IPAddress.Loopback, FreePort.Next());
        silent.Start();
        long began = Stopwatch.GetTimestamp();

        string place = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Database=x;Username=y");
        await Diagnosis.Until(_folder, [("EXPERIMENTS_CLUSTER", place)], [("database", "Fault", "The database does not answer."), ("cluster", "Note", "the database cannot be used")]);

        // Npgsql itself would wait for 15 s; what is beyond 3 s is the machine's other work.
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(12));
    }

    [Fact]
    public async Task A_chosen_port_that_a_foreign_program_has_is_a_fault()
    {
        using var foreign = new TcpListener(IPAddress.Loopback, FreePort.Next());
        foreign.Start();
        string port = ((IPEndPoint)foreign.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        await Diagnosis.Until(
            _folder, [("EXPERIMENTS_CLUSTER", _database), ("EXPERIMENTS_GATEWAY_PORT", port)], [("ports", "Fault", $"EXPERIMENTS_GATEWAY_PORT={port}: "), ("ports", "Fault", $"(process {Environment.ProcessId}) has this port")]);
    }

    /// <summary>With time enough for a machine that is busy with other tests.</summary>
    private Task<Diagnosis> Find(params (string Name, string Status, string Part)[] expected) =>
        Diagnosis.Until(_folder, [("EXPERIMENTS_CLUSTER", _database)], expected, "--patience", "15");
}
