using Experiments.Grains.Storage;
using Microsoft.Data.Sqlite;

namespace Experiments.Grains.Tests.Storage;

/// <summary>SQLite keeps what every storage promises.</summary>
public sealed class SqliteConformanceTests(SqliteSilo silo) : StorageConformance(() => silo.Silo), IClassFixture<SqliteSilo>;

public sealed class SqliteDatasetTests(SqliteSilo silo) : DatasetConformance(() => silo.Silo), IClassFixture<SqliteSilo>;

public sealed class SqliteSilo : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public StorageSilo Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Silo = await StorageSilo.Start(silo => silo.AddSqliteStorage(_folder.File("experiments.db")));

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>What is the file's own: damage, room, permissions, versions.</summary>
public sealed class SqliteStorageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("experiments.db");

    [Fact]
    public async Task WhatWasAcknowledgedIsThereAfterAReopening()
    {
        await using (var silo = await Open())
        {
            await silo.Experiments.AddGridAsync("grid", "g", dataset: null, Some.Token);
            await silo.Experiments.AppendEpochAsync("g", 1, Some.Epoch(1), Some.Row("g-1"), Some.Token);
            await silo.Checkpoints.WriteAsync("g-1", "it", Some.Bytes(100_000), Some.Token);
        }

        Assert.Equal([File], Directory.GetFiles(_folder.Path));
        await using var again = await Open();
        Assert.Equal([new GridEntry("grid", "g")], await again.Experiments.ListGridsAsync(Some.Token));
        Assert.Equal([Some.Epoch(1)], await again.Experiments.ReadHistoryAsync("g-1", Some.Token));
        Assert.Equal(Some.Bytes(100_000), await again.Checkpoints.ReadAsync("g-1", "it", Some.Token));
    }

    [Theory]
    [InlineData("UPDATE checkpoint SET content = CAST(X'00' || substr(content, 2) AS BLOB)", "SHA-256")]
    [InlineData("UPDATE checkpoint SET content = substr(content, 1, 99999)", "99,999 bytes are there of 100,000")]
    public async Task ADamagedCheckpointIsRefused(string damage, string difference)
    {
        await using var silo = await Open();
        await silo.Checkpoints.WriteAsync("g-1", "it", Some.Bytes(100_000), Some.Token);
        Execute(damage);

        var error = await Assert.ThrowsAsync<DamagedCheckpointException>(() => silo.Checkpoints.ReadAsync("g-1", "it", Some.Token));

        Assert.Contains(difference, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FlippedBytesOfTheFileItselfAreNoticed()
    {
        await using (var silo = await Open())
        {
            await silo.Checkpoints.WriteAsync("g-1", "it", Some.Bytes(100_000), Some.Token);
        }

        byte[] file = await System.IO.File.ReadAllBytesAsync(File, Some.Token);
        int inside = file.AsSpan().IndexOf(Some.Bytes(100_000).AsSpan(50_000, 16));
        file[inside] ^= 1;
        await System.IO.File.WriteAllBytesAsync(File, file, Some.Token);

        await using var again = await Open();
        await Assert.ThrowsAsync<DamagedCheckpointException>(() => again.Checkpoints.ReadAsync("g-1", "it", Some.Token));
    }

    [Fact]
    public async Task ARemovedGridGivesItsSpaceBack()
    {
        await using var silo = await Open();
        await silo.Experiments.AddGridAsync("grid", "g", dataset: null, Some.Token);
        await silo.Experiments.WriteRowAsync("g", 1, Some.Row("g-1"), Some.Token);
        await silo.Checkpoints.WriteAsync("g-1", "big", Some.Bytes(20 << 20), Some.Token);

        await silo.Experiments.RemoveGridAsync("g", Some.Token);

        Assert.Equal(0L, Execute("PRAGMA freelist_count"));
        Assert.InRange((long)Execute("PRAGMA page_count")! * (long)Execute("PRAGMA page_size")!, 0, 1 << 20);
    }

    [Theory, MemberData(nameof(OldSchema.Versions), MemberType = typeof(OldSchema))]
    public async Task AFileOfAnEarlierVersionIsBroughtToTheNewestWithAllItHolds(int version)
    {
        Execute(OldSchema.Of("Sqlite", version));

        await using var silo = await Open();

        await OldSchema.AssertKept(silo);
        Assert.Equal(SchemaFiles.Version, Execute("SELECT version FROM schema_version"));
    }

    [Fact]
    public async Task AMigrationThatFailsLeavesTheFileAsItWas()
    {
        Execute(OldSchema.Of("Sqlite", version: 1) + "CREATE TABLE dataset_chunk (it TEXT);");

        await Assert.ThrowsAnyAsync<Exception>(() => Open());

        Assert.Equal(1L, Execute("SELECT version FROM schema_version"));
        Assert.Equal(0L, Execute("SELECT COUNT(*) FROM pragma_table_info('grid') WHERE name = 'dataset'"));
        Execute("DROP TABLE dataset_chunk");
        await using var silo = await Open();
        await OldSchema.AssertKept(silo);
    }

    [Fact]
    public async Task ADatasetThatIsGoneGivesItsSpaceBack()
    {
        await using var silo = await Open();
        byte[] content = Some.Bytes(20 << 20);
        string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));
        foreach (var (number, chunk) in content.Chunk(DatasetChunks.Bytes).Index())
        {
            await silo.Datasets.WriteChunkAsync(sha256, number, chunk, Some.Token);
        }

        Assert.True(await silo.Datasets.CompleteAsync(sha256, content.Length, Some.Token));
        await silo.Experiments.AddGridAsync("grid", "g", sha256, Some.Token);

        await silo.Experiments.RemoveGridAsync("g", Some.Token);

        Assert.InRange((long)Execute("PRAGMA page_count")! * (long)Execute("PRAGMA page_size")!, 0, 1 << 20);
    }

    [Fact]
    public async Task WhatWasSentAndNeverSubmittedGoesWithADeleteAWeekLater()
    {
        await using var silo = await Open();
        foreach (string sha256 in (string[])["old", "used", "new"])
        {
            await silo.Datasets.WriteChunkAsync(sha256, 0, Some.Bytes(10), Some.Token);
        }

        Execute("UPDATE dataset SET changed_at = '2020-01-01 00:00:00+00:00' WHERE sha256 <> 'new'; INSERT INTO grid (name, id, dataset) VALUES ('user', 'u', 'used')");

        await silo.Experiments.RemoveGridAsync("nothing", Some.Token);

        Assert.Empty(await silo.Datasets.ListChunksAsync("old", Some.Token));
        Assert.Equal([0], await silo.Datasets.ListChunksAsync("used", Some.Token));
        Assert.Equal([0], await silo.Datasets.ListChunksAsync("new", Some.Token));
    }

    [Fact]
    public async Task AFileOfALaterVersionIsRefusedAndLeftAlone()
    {
        await (await Open()).DisposeAsync();
        Execute("UPDATE schema_version SET version = 99");

        var error = await Refused<NewerSchemaException>();

        Assert.Contains($"'{File}' has schema version 99", error.Message, StringComparison.Ordinal);
        Assert.Equal(99L, Execute("SELECT version FROM schema_version"));
    }

    [Fact]
    public async Task WhatIsNoDatabaseIsRefusedAndLeftAlone()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 5000), Some.Token);

        var error = await Refused<StorageUnavailableException>();

        Assert.Contains($"'{File}' cannot be used", error.Message, StringComparison.Ordinal);
        Assert.Contains("It is not a database", error.Message, StringComparison.Ordinal);
        Assert.Equal(5000, new FileInfo(File).Length);
    }

    [Fact]
    public async Task AFolderThatCannotBeMadeIsNamed()
    {
        await System.IO.File.WriteAllTextAsync(_folder.File("file"), "", Some.Token);

        var error = await Refused<StorageUnavailableException>(Path.Combine(_folder.File("file"), "experiments.db"));

        Assert.Contains(Path.Combine(_folder.File("file"), "experiments.db"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenIsNamed()
    {
        using var device = new SmallDevice(megabytes: 1);
        device.MakeReadOnly();

        var error = await Refused<StorageUnavailableException>(Path.Combine(device.Path, "experiments.db"));

        Assert.Contains("Make the folder and the file writable", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFullDeviceRefusesTheWriteNamesTheFileAndKeepsTheRest()
    {
        using var device = new SmallDevice(megabytes: 2);
        string file = Path.Combine(device.Path, "experiments.db");
        await using var silo = await Open(file);
        await silo.Experiments.AppendEpochAsync("g", 1, Some.Epoch(1), Some.Row("g-1"), Some.Token);

        var error = await Assert.ThrowsAsync<StorageFullException>(() => silo.Checkpoints.WriteAsync("g-1", "big", Some.Bytes(4 << 20), Some.Token));

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Equal([Some.Epoch(1)], await silo.Experiments.ReadHistoryAsync("g-1", Some.Token));
        device.Resize(megabytes: 16);
        await silo.Checkpoints.WriteAsync("g-1", "big", Some.Bytes(4 << 20), Some.Token);
        Assert.Equal(Some.Bytes(4 << 20), await silo.Checkpoints.ReadAsync("g-1", "big", Some.Token));
    }

    public void Dispose() => _folder.Dispose();

    private Task<StorageSilo> Open(string? file = null) => StorageSilo.Start(silo => silo.AddSqliteStorage(file ?? File));

    private async Task<T> Refused<T>(string? file = null)
        where T : Exception => await Assert.ThrowsAsync<T>(() => Open(file));

    private object? Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
