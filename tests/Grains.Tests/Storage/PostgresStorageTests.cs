using Experiments.Clustering;
using Experiments.Grains.Storage;
using Experiments.Processes;
using Npgsql;

namespace Experiments.Grains.Tests.Storage;

/// <summary>PostgreSQL keeps what every storage promises.</summary>
public sealed class PostgresConformanceTests(PostgresSilo silo) : StorageConformance(() => silo.Silo), IClassFixture<PostgresSilo>;

public sealed class PostgresDatasetTests(PostgresSilo silo) : DatasetConformance(() => silo.Silo), IClassFixture<PostgresSilo>;

public sealed class PostgresSilo : IAsyncLifetime
{
    private PrivatePostgres? _server;
    private StorageSilo? _silo;

    public StorageSilo Silo
    {
        get
        {
            PrivatePostgres.SkipIfMissing();
            return _silo!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (PrivatePostgres.Missing is null)
        {
            _server = await PrivatePostgres.Start();
            string database = await _server.CreateDatabase();
            _silo = await StorageSilo.Start(silo => silo.AddPostgresStorage(database));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_silo is not null) await _silo.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }
}

/// <summary>What is the server's own: its absence, its restarts, its versions and users.</summary>
public sealed class PostgresStorageTests : IAsyncLifetime
{
    private PrivatePostgres _server = null!;
    private string _database = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await PrivatePostgres.Start();
        _database = await _server.CreateDatabase();
    }

    public ValueTask DisposeAsync() => _server is null ? ValueTask.CompletedTask : _server.DisposeAsync();

    [Fact]
    public async Task TenSilosThatStartAtOnceInstallOneSchemaAndAreOneCluster()
    {
        var silos = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Open()));
        await Task.WhenAll(silos.Select((silo, number) => silo.Experiments.AddGridAsync($"grid-{number}", $"{number}", dataset: null, Some.Token)));

        Assert.Equal(10, (await silos[0].Experiments.ListGridsAsync(Some.Token)).Length);
        Assert.Equal(1L, await PrivatePostgres.Execute(_database, "SELECT COUNT(*) FROM schema_version"));
        Assert.Equal(1L, await PrivatePostgres.Execute(_database, "SELECT COUNT(*) FROM OrleansMembershipVersion"));
        await Task.WhenAll(silos.Select(silo => silo.DisposeAsync().AsTask()));
    }

    [Theory, MemberData(nameof(OldSchema.Versions), MemberType = typeof(OldSchema))]
    public async Task TenSilosThatStartAtOnceOnADatabaseOfAnEarlierVersionBringItToTheNewestWithAllItHolds(int version)
    {
        await PrivatePostgres.Execute(_database, OldSchema.Of("Postgres", version));

        var silos = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Open()));

        await OldSchema.AssertKept(silos[0]);
        await Task.WhenAll(silos.Select(silo => silo.DisposeAsync().AsTask()));
        Assert.Equal(SchemaFiles.Version, await PrivatePostgres.Execute(_database, "SELECT version FROM schema_version"));
    }

    [Fact]
    public async Task AWrongPasswordIsSaidWithTheRemedyAndIsNeverShown()
    {
        string database = await _server.CreateUser(_database, "trainer", "right-secret");

        foreach (string wrong in (string[])[";Password=wrong-secret", ""])
        {
            var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => StorageSilo.Start(silo => silo.AddPostgresStorage(database + wrong)));

            Assert.StartsWith($"'{new NpgsqlConnectionStringBuilder(database).Database} on 127.0.0.1:", refused.Message, StringComparison.Ordinal);
            Assert.Contains("Check user and password, which belong in EXPERIMENTS_CLUSTER or a passfile", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refused.Message);
            Assert.DoesNotContain("wrong-secret", refused.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ThePasswordMayBeInAPassfile()
    {
        string database = await _server.CreateUser(_database, "trainer", "right-secret");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("pgpass"), "127.0.0.1:*:*:trainer:right-secret\n", Some.Token);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.File("pgpass"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await using var silo = await StorageSilo.Start(silo => silo.AddPostgresStorage($"{database};Passfile={folder.File("pgpass")}"));

        Assert.Empty(await silo.Experiments.ListGridsAsync(Some.Token));
    }

    [Fact]
    public async Task WhatWasAcknowledgedSurvivesTheDeathOfTheServer()
    {
        await using var silo = await Open();
        await silo.Experiments.AppendEpochAsync("g", 1, Some.Epoch(1), Some.Row("g-1"), Some.Token);
        await silo.Checkpoints.WriteAsync("g-1", "it", Some.Bytes(100_000), Some.Token);

        await _server.Kill();
        var down = await Assert.ThrowsAsync<StorageUnavailableException>(() => UntilRefused(silo));
        await _server.Restart();

        Assert.Contains("' cannot be used (", down.Message, StringComparison.Ordinal);
        await Eventually(() => silo.Experiments.AppendEpochAsync("g", 1, Some.Epoch(2), Some.Row("g-1"), Some.Token));
        Assert.Equal([Some.Epoch(1), Some.Epoch(2)], await silo.Experiments.ReadHistoryAsync("g-1", Some.Token));
        Assert.Equal(Some.Bytes(100_000), await silo.Checkpoints.ReadAsync("g-1", "it", Some.Token));
    }

    [Fact]
    public async Task ManyWritesFailTogetherWhileThereIsNoServerAndSucceedAfter()
    {
        await using var silo = await Open();
        await _server.Stop();

        var errors = await Task.WhenAll(Enumerable.Range(0, 100).Select(number =>
            Record.ExceptionAsync(() => silo.Experiments.WriteRowAsync("g", 1, Some.Row($"g-{number}"), Some.Token)).AsTask()));

        Assert.All(errors, error => Assert.IsType<StorageUnavailableException>(error));
        await _server.Restart();
        await Eventually(() => silo.Experiments.WriteRowAsync("g", 1, Some.Row("g-1"), Some.Token));
    }

    [Fact]
    public async Task WhatAClientThatStandsStillHasLockedIsFreedWithinSeconds()
    {
        const string Lock = "SELECT pg_advisory_xact_lock(1)";
        await using var server = new PostgresServer(_database);
        await using var still = await server.Source.OpenConnectionAsync(Some.Token);
        await using var transaction = await still.BeginTransactionAsync(Some.Token);
        await Execute(still, Lock);

        // It waits for half a minute at most.
        await using var other = await server.Source.OpenConnectionAsync(Some.Token);
        await Execute(other, Lock);

        var error = await Assert.ThrowsAnyAsync<NpgsqlException>(() => Execute(still, Lock));
        Assert.Contains("stood still for a while", Assert.IsType<StorageUnavailableException>(server.Explain(error)).Message, StringComparison.Ordinal);

        static async Task Execute(NpgsqlConnection connection, string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(Some.Token);
        }
    }

    [Fact]
    public async Task TheServerGivesUpAClientWhoseMachineIsCutOffWithinSeconds()
    {
        await using var server = new PostgresServer(_database);
        await using var command = server.Source.CreateCommand(
            "SELECT concat_ws(' ', current_setting('tcp_keepalives_idle'), current_setting('tcp_keepalives_interval'), current_setting('tcp_keepalives_count'), current_setting('tcp_user_timeout'))");

        Assert.Equal("4 2 3 10000", await command.ExecuteScalarAsync(Some.Token));
    }

    [Fact]
    public async Task ASchemaOfALaterVersionIsRefusedAndLeftAlone()
    {
        await (await Open()).DisposeAsync();
        await PrivatePostgres.Execute(_database, "UPDATE schema_version SET version = 99");

        var error = await Assert.ThrowsAsync<NewerSchemaException>(Open);

        Assert.Contains("test1 on 127.0.0.1:", error.Message, StringComparison.Ordinal);
        Assert.Equal(99L, await PrivatePostgres.Execute(_database, "SELECT version FROM schema_version"));
    }

    [Theory]
    [InlineData("Database=nowhere", "'nowhere on 127.0.0.1:", "Create the database with 'createdb'")]
    [InlineData("Username=nobody", "'test1 on 127.0.0.1:", "Check user and password")]
    [InlineData("Port=1", "'test1 on 127.0.0.1:1' cannot be used (", "Check host and port")]
    [InlineData("Host=nowhere.invalid", "'test1 on nowhere.invalid:", "Check host and port")]
    [InlineData("Host=", "The cluster's connection string cannot be used", "Host=db.example")]
    [InlineData("Prot=1", "The cluster's connection string cannot be used", "Host=db.example")]
    public async Task WhatKeepsASiloFromItsDatabaseIsSaidInOneLineWithoutThePassword(string wrong, string place, string remedy)
    {
        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => Open($"{_database};Password=secret;{wrong}"));

        Assert.StartsWith(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AUserWhoMayNotCreateTablesIsToldSo()
    {
        await PrivatePostgres.Execute(_database, "CREATE USER guest; REVOKE CREATE ON SCHEMA public FROM public");

        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => Open($"{_database};Username=guest"));

        Assert.Contains("grant what is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFullDiskRefusesTheWriteAndNamesTheDatabase()
    {
        await using var silo = await Open();
        await PrivatePostgres.Execute(_database,
            """
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON checkpoint FOR EACH ROW EXECUTE FUNCTION full_disk()
            """);

        var error = await Assert.ThrowsAsync<StorageFullException>(() => silo.Checkpoints.WriteAsync("g-1", "it", Some.Bytes(10), Some.Token));

        Assert.Contains("test1 on 127.0.0.1:", error.Message, StringComparison.Ordinal);
        await silo.Experiments.WriteRowAsync("g", 1, Some.Row("g-1"), Some.Token);
    }

    [Fact]
    public async Task FewConnectionsAreTakenUnlessMoreAreAllowed()
    {
        await using var silo = await Open();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => silo.Experiments.ListGridsAsync(Some.Token)));

        Assert.InRange((long)(await PrivatePostgres.Execute(_database, "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'experiments'"))!, 1, 20);
    }

    [Fact]
    public async Task TheRoomOfCheckpointsThatAreWrittenOverIsCollectedBeforePostgresWouldLookForIt()
    {
        const int Times = 17;
        await using var silo = await Open();
        byte[] checkpoint = new byte[64 << 20];

        for (int time = 0; time < Times; time++)
        {
            await silo.Checkpoints.WriteAsync("e", "training", checkpoint, Some.Token);
        }

        for (int attempt = 0; await Collected() == 0; attempt++)
        {
            Assert.True(attempt < 600, "Nothing was collected in a minute.");
            await Task.Delay(100, Some.Token);
        }

        async Task<long> Collected() => (long)(await PrivatePostgres.Execute(_database, "SELECT vacuum_count FROM pg_stat_all_tables WHERE relname = 'checkpoint'"))!;
    }

    private Task<StorageSilo> Open() => Open(_database);

    private static Task<StorageSilo> Open(string database) => StorageSilo.Start(silo => silo.AddPostgresStorage(database));

    /// <summary>Children of a killed postmaster may serve their connections for a moment.</summary>
    private static async Task UntilRefused(StorageSilo silo)
    {
        while (true)
        {
            await silo.Experiments.ListGridsAsync(Some.Token);
            await silo.Experiments.AddGridAsync("grid", "g", dataset: null, Some.Token);
        }
    }

    /// <summary>As reporters do: what is unavailable is tried again.</summary>
    private static async Task Eventually(Func<Task> write)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await write();
                return;
            }
            catch (StorageUnavailableException) when (attempt < 100)
            {
                await Task.Delay(100, Some.Token);
            }
        }
    }
}
