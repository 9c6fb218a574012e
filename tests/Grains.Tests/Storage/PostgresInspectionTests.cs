using Experiments.Grains.Storage;
using Experiments.Grains.Storage.Inspection;
using Experiments.Processes;
using Npgsql;

namespace Experiments.Grains.Tests.Storage;

/// <summary>What is seen of a real server and its database.</summary>
public sealed class PostgresInspectionTests : IAsyncLifetime
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
    public async Task An_empty_database_is_seen_and_stays_empty()
    {
        var reading = await Read(_database);

        Assert.Equal((0, SchemaFiles.Version), (reading.SchemaVersion, reading.KnownSchemaVersion));
        Assert.True(reading is { MayMakeTables: true, MayWrite: true, IsReadOnly: false, Encoding: "UTF8" });
        Assert.Equal(new Version(reading.ServerVersionText).Major, reading.ServerVersion / 10_000);
        Assert.Equal(97, reading.MostConnections);
        Assert.InRange(reading.Connections, 1, 20);
        Assert.InRange(reading.Bytes, 1_000_000, 100_000_000);
        Assert.Empty(reading.Silos);
        Assert.Equal(0L, await PrivatePostgres.Execute(_database, "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task A_cluster_s_silos_are_seen_until_they_leave()
    {
        await using (var silo = await StorageSilo.Start(silo => silo.AddPostgresStorage(_database).UsePostgresClustering()))
        {
            var reading = await Read(_database);
            Assert.Equal(SchemaFiles.Version, reading.SchemaVersion);
            Assert.NotEqual(0, Assert.Single(reading.Silos).Gateway);
        }

        Assert.Empty((await Read(_database)).Silos);
    }

    [Fact]
    public async Task A_later_version_s_database_is_seen_whatever_tables_it_has()
    {
        await PrivatePostgres.Execute(_database, "CREATE TABLE schema_version (version bigint); INSERT INTO schema_version VALUES (1000)");

        Assert.Equal(1000, (await Read(_database)).SchemaVersion);
    }

    [Fact]
    public async Task The_clocks_of_one_machine_agree()
    {
        var reading = await Read(_database);

        Assert.InRange(reading.AheadWithin, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(reading.Ahead, -reading.AheadWithin - TimeSpan.FromMilliseconds(10), reading.AheadWithin + TimeSpan.FromMilliseconds(10));
    }

    [Theory]
    [InlineData("synchronous_commit = off")]
    [InlineData("default_transaction_read_only = on")]
    public async Task A_setting_of_the_database_is_seen(string setting)
    {
        await PrivatePostgres.Execute(_database, $"ALTER DATABASE {new NpgsqlConnectionStringBuilder(_database).Database} SET {setting}");

        var reading = await Read(_database);

        Assert.Equal(setting.StartsWith("synchronous", StringComparison.Ordinal), !reading.WaitsForDisk);
        Assert.Equal(setting.StartsWith("default", StringComparison.Ordinal), reading.IsReadOnly);
        // As the tests' server is started.
        Assert.False(reading.FlushesToDisk);
        Assert.True(reading.WritesWholePages);
    }

    [Fact]
    public async Task A_user_who_may_only_read_is_seen()
    {
        await using (var silo = await StorageSilo.Start(silo => silo.AddPostgresStorage(_database)))
        {
        }

        await PrivatePostgres.Execute(_database, "CREATE ROLE reader LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader");

        var reading = await Read(new NpgsqlConnectionStringBuilder(_database) { Username = "reader" }.ConnectionString);

        Assert.True(reading is { MayWrite: false, MayMakeTables: false });
        Assert.True((await Read(_database)).MayWrite);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_named_with_the_remedy()
    {
        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => Read(_server.ConnectionString("nowhere")));

        Assert.Contains("'nowhere on 127.0.0.1", error.Message, StringComparison.Ordinal);
        Assert.Contains("createdb", error.Message, StringComparison.Ordinal);
    }

    private static Task<PostgresReading> Read(string database) => PostgresInspection.Read(database, TimeProvider.System, Some.Token);
}
