using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Experiments.Grains.Grids;
using Experiments.Grains.Storage;
using Experiments.Grains.Storage.Migration;
using Experiments.Processes;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Experiments.Grains.Tests.Storage;

/// <summary>What one machine's storage holds of a grid is the same in a cluster's database, or is not there at all.</summary>
public sealed class MigrationTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmallDataset _data = new();
    private PrivatePostgres _server = null!;
    private string _cluster = null!;

    private string Path => _folder.File("experiments.db");

    public async ValueTask InitializeAsync()
    {
        _server = await PrivatePostgres.Start();
        _cluster = await _server.CreateDatabase();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task EveryRowOfAGridIsTheSameThere()
    {
        await Train();
        await using var from = await LocalGrids.OpenAsync(Path);
        await using var to = await ClusterGrids.OpenAsync(_cluster);
        var grid = Assert.Single(await from.ListAsync());
        long bytes = 0;

        Assert.Equal(0, await to.CopyAsync(from, grid, grid.Definition.Dataset, copied => bytes += copied, Some.Token));

        Assert.Equal([new GridEntry("grid", grid.Id)], await to.ListAsync(Some.Token));
        Assert.Equal((0, 4L, bytes), (grid.Unfinished, grid.Epochs, grid.Bytes));
        await using var server = NpgsqlDataSource.Create(_cluster);
        await using var there = await server.OpenConnectionAsync(Some.Token);
        foreach (var table in CopiedTable.All)
        {
            var rows = Rows(from.Connection, table);
            Assert.NotEmpty(rows);
            Assert.Equal(rows, Rows(there, table));
        }
    }

    [Fact]
    public async Task DataThatWereFilesOfTheMachineAreTakenFromTheClusterFromThenOn()
    {
        await Submit(Some.Grid("grid", _data.Reference, Some.Experiment("it")));
        await using var from = await LocalGrids.OpenAsync(Path);
        await using var to = await ClusterGrids.OpenAsync(_cluster);
        var grid = Assert.Single(await from.ListAsync());
        var stored = (grid.Definition.Dataset with { Sha256 = Convert.ToHexStringLower(SHA256.HashData([1, 2, 3])) }).AsStored();

        await Assert.ThrowsAsync<DatasetMissingException>(() => to.CopyAsync(from, grid, stored, _ => { }, Some.Token));
        Assert.Empty(await to.ListAsync(Some.Token));
        await to.Datasets.WriteChunkAsync(stored.Sha256, 0, new byte[] { 1, 2, 3 }, Some.Token);
        Assert.True(await to.Datasets.CompleteAsync(stored.Sha256, 3, Some.Token));
        Assert.Equal(0, await to.CopyAsync(from, grid, stored, _ => { }, Some.Token));

        byte[] payload = (byte[])(await PrivatePostgres.Execute(_cluster, "SELECT PayloadBinary FROM OrleansStorage"))!;
        Assert.Equivalent(grid.Definition with { Dataset = stored }, GrainPayload.Read<GridState>(payload).Definition, strict: true);
        Assert.Equal(stored.Sha256, await PrivatePostgres.Execute(_cluster, "SELECT dataset FROM grid"));
        Assert.Equivalent(grid.Definition.Dataset, Assert.Single(await from.ListAsync()).Definition.Dataset, strict: true);
    }

    [Fact]
    public async Task ADamagedCheckpointIsCountedAndStaysKnownAsDamaged()
    {
        await Train();
        Execute("UPDATE checkpoint SET content = substr(content, 1, 100) WHERE position = (SELECT MAX(position) FROM checkpoint)");
        await using var from = await LocalGrids.OpenAsync(Path);
        await using var to = await ClusterGrids.OpenAsync(_cluster);

        Assert.Equal(1, await to.CopyAsync(from, Assert.Single(await from.ListAsync()), _data.Reference, _ => { }, Some.Token));

        Assert.Equal(1L, await PrivatePostgres.Execute(_cluster, "SELECT COUNT(*) FROM checkpoint WHERE octet_length(content) <> length"));
    }

    [Theory]
    [InlineData("NEW.content := set_byte(NEW.content, 100, 255 - get_byte(NEW.content, 100)); RETURN NEW;", "SHA-256")]
    [InlineData("IF NEW.name LIKE 'checkpoint-%' THEN RETURN NULL; END IF; RETURN NEW;", "rows of checkpoint have arrived of")]
    public async Task WhatArrivesOtherwiseThanItWasSentIsTakenBack(string fault, string told)
    {
        await Train();
        await using var from = await LocalGrids.OpenAsync(Path);
        await using var to = await ClusterGrids.OpenAsync(_cluster);
        await PrivatePostgres.Execute(_cluster,
            $"""
            CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {fault} END $$;
            CREATE TRIGGER fault BEFORE INSERT ON checkpoint FOR EACH ROW EXECUTE FUNCTION fault()
            """);
        var grid = Assert.Single(await from.ListAsync());

        var differs = await Assert.ThrowsAsync<CopyDiffersException>(() => to.CopyAsync(from, grid, _data.Reference, _ => { }, Some.Token));

        Assert.Contains(told, differs.Message, StringComparison.Ordinal);
        Assert.Empty(await to.ListAsync(Some.Token));
        Assert.Equal(0L, await PrivatePostgres.Execute(_cluster, "SELECT (SELECT COUNT(*) FROM checkpoint) + (SELECT COUNT(*) FROM OrleansStorage) + (SELECT COUNT(*) FROM epoch)"));
    }

    [Fact]
    public async Task AGridWhoseNameIsTakenIsNotCopied()
    {
        await Submit(Some.Grid("grid", Some.FashionMnist, Some.Experiment("it")));
        await using var from = await LocalGrids.OpenAsync(Path);
        await using var to = await ClusterGrids.OpenAsync(_cluster);
        await PrivatePostgres.Execute(_cluster, "INSERT INTO grid (name, id) VALUES ('grid', 'other')");

        Assert.Null(await to.CopyAsync(from, Assert.Single(await from.ListAsync()), Some.FashionMnist, _ => { }, Some.Token));

        Assert.Equal([new GridEntry("grid", "other")], await to.ListAsync(Some.Token));
        Assert.Equal(0L, await PrivatePostgres.Execute(_cluster, "SELECT COUNT(*) FROM OrleansStorage"));
    }

    [Fact]
    public async Task WhatWaitsIsCountedAndWhatIsHeldIsNot()
    {
        await using (var silo = await LiveSilo.Start(_folder.Path, slots: 0))
        {
            await silo.Submit(Some.Grid("grid", Some.FashionMnist, [.. Enumerable.Range(1, 5).Select(number => Some.Experiment($"e{number}"))]));
            await silo.Grid("grid").Control(ControlVerb.Pause, "e1", Some.Token);
            await silo.Grid("grid").Control(ControlVerb.Cancel, "e2", Some.Token);
            var taken = (await silo.Queue.Take(silo.ALiveSlot.Silo, TimeSpan.Zero, Some.Token))!;
            Assert.NotNull(await silo.Experiment(taken.ExperimentId).StartAttempt("grid", silo.ALiveSlot, Some.Token));
        }

        // A submit that was interrupted before the grid was stored.
        Execute("INSERT INTO grid (name, id) VALUES ('left', 'l')");
        await using var from = await LocalGrids.OpenAsync(Path);

        var grid = Assert.Single(await from.ListAsync());

        Assert.Equal(("grid", 3, 5), (grid.Name, grid.Unfinished, grid.Definition.Experiments.Length));
    }

    [Fact]
    public async Task AStorageOfAnEarlierVersionIsBroughtToTheNewestAndOneOfALaterIsRefused()
    {
        await Submit(Some.Grid("grid", Some.FashionMnist, Some.Experiment("it")));
        Execute("DROP TABLE annotation; UPDATE schema_version SET version = 2");
        await using (var from = await LocalGrids.OpenAsync(Path))
        await using (var to = await ClusterGrids.OpenAsync(_cluster))
        {
            Assert.Equal(0, await to.CopyAsync(from, Assert.Single(await from.ListAsync()), Some.FashionMnist, _ => { }, Some.Token));
        }

        Execute("UPDATE schema_version SET version = 99");
        await Assert.ThrowsAsync<NewerSchemaException>(() => LocalGrids.OpenAsync(Path));
        await PrivatePostgres.Execute(_cluster, "UPDATE schema_version SET version = 99");
        await Assert.ThrowsAsync<NewerSchemaException>(() => ClusterGrids.OpenAsync(_cluster));
    }

    /// <summary>A grid with all that can be stored of it.</summary>
    private async Task Train()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 2);
        await silo.Train(Some.Grid("grid", _data.Reference, Some.Experiment("one"), Some.Experiment("two")));
        Assert.True(await silo.Grid("grid").Annotate("one", Some.Annotation, Some.Token));
    }

    private async Task Submit(GridDefinition grid)
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        await silo.Submit(grid);
    }

    private static ImmutableArray<string> Rows(DbConnection connection, CopiedTable table) =>
    [
        .. connection.Query($"SELECT {string.Join(", ", table.Columns.Select(column => column.Name))} FROM {table.Name}", row => string.Join('|', table.Values(row).Select(Text)))
            .Order(StringComparer.Ordinal),
    ];

    private static string Text(object? value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        // SQLite keeps what PostgreSQL does, and a digit more.
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.fffff", CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        connection.Execute(sql);
    }
}
