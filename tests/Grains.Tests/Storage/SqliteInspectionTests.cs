using Experiments.Grains.Storage;
using Experiments.Grains.Storage.Inspection;
using Microsoft.Data.Sqlite;

namespace Experiments.Grains.Tests.Storage;

/// <summary>A file is looked at, and neither it nor what lies beside it changes.</summary>
public sealed class SqliteInspectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("experiments.db");

    [Fact]
    public async Task A_storage_at_rest_is_seen_whole_and_stays_as_it_is()
    {
        await using (var silo = await Open())
        {
            await silo.Checkpoints.WriteAsync("g-1", "it", Some.Bytes(100_000), Some.Token);
        }

        var before = Content();
        var reading = SqliteInspection.Read(File, Some.Token);

        Assert.Equal(new SqliteReading(SchemaFiles.Version, SchemaFiles.Version, Damage: null, IsWhole: true, new FileInfo(File).Length), reading);
        Assert.Equal(before, Content());
    }

    [Fact]
    public async Task A_storage_that_a_process_works_on_is_seen_as_far_as_it_has_come_and_the_process_goes_on()
    {
        await using var silo = await Open();
        await silo.Experiments.AddGridAsync("grid", "g", dataset: null, Some.Token);

        Assert.Null(SqliteInspection.Read(File, Some.Token).Damage);

        await silo.Experiments.AddGridAsync("other", "o", dataset: null, Some.Token);
        Assert.Equal(2, (await silo.Experiments.ListGridsAsync(Some.Token)).Length);
    }

    [Fact]
    public async Task The_log_of_a_process_that_was_killed_counts_and_stays()
    {
        using var left = new TemporaryFolder();
        await using (var silo = await Open())
        {
            // What a kill leaves: the file, and beside it the log of what was written since.
            Execute("UPDATE schema_version SET version = 9");
            foreach (string file in Directory.GetFiles(_folder.Path))
            {
                System.IO.File.Copy(file, left.File(Path.GetFileName(file)));
            }
        }

        byte[] log = await System.IO.File.ReadAllBytesAsync(left.File("experiments.db-wal"), Some.Token), database = await System.IO.File.ReadAllBytesAsync(left.File("experiments.db"), Some.Token);
        Assert.NotEmpty(log);

        Assert.Equal(9, SqliteInspection.Read(left.File("experiments.db"), Some.Token).SchemaVersion);

        Assert.Equal(log, await System.IO.File.ReadAllBytesAsync(left.File("experiments.db-wal"), Some.Token));
        Assert.Equal(database, await System.IO.File.ReadAllBytesAsync(left.File("experiments.db"), Some.Token));
    }

    [Fact]
    public async Task Damage_is_found()
    {
        await using (var silo = await Open())
        {
            await silo.Experiments.AddGridAsync("grid", "g", dataset: null, Some.Token);
            // The pages of the index are then nobody's.
            Execute("PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE name = 'experiment_of_grid'");
        }

        Assert.Contains("never used", SqliteInspection.Read(File, Some.Token).Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_file_too_large_for_the_time_it_is_said_that_it_was_not_seen_whole()
    {
        await using (var silo = await Open())
        {
        }

        var reading = SqliteInspection.Read(File, new CancellationToken(canceled: true));

        Assert.False(reading.IsWhole);
        Assert.Null(reading.Damage);
        Assert.Equal(SchemaFiles.Version, reading.SchemaVersion);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 10_000), Some.Token);

        var error = Assert.Throws<StorageUnavailableException>(() => SqliteInspection.Read(File, Some.Token));

        Assert.Contains($"'{File}' cannot be used", error.Message, StringComparison.Ordinal);
        Assert.Equal([File], Directory.GetFiles(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private Task<StorageSilo> Open() => StorageSilo.Start(silo => silo.AddSqliteStorage(File));

    private (string Name, string Content, DateTime Written)[] Content() =>
    [
        .. Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal)
            .Select(file => (file, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.IO.File.ReadAllBytes(file))), System.IO.File.GetLastWriteTimeUtc(file))),
    ];

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
