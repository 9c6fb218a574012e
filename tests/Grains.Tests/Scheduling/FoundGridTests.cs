using Microsoft.Data.Sqlite;
using Orleans.Storage;

namespace Experiments.Grains.Tests.Scheduling;

/// <summary>Grids that come into the storage beside the silo, as when they are moved there.</summary>
public sealed class FoundGridTests : IDisposable
{
    private const string Hide =
        """
        CREATE TABLE hidden_grid AS SELECT * FROM grid; DELETE FROM grid;
        CREATE TABLE hidden_state AS SELECT * FROM OrleansStorage; DELETE FROM OrleansStorage
        """;

    /// <summary>At once, as a move does it.</summary>
    private const string Show =
        """
        BEGIN IMMEDIATE;
        INSERT INTO grid SELECT * FROM hidden_grid;
        INSERT INTO OrleansStorage SELECT * FROM hidden_state;
        COMMIT
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly SmallDataset _data = new();

    [Fact]
    public async Task AGridThatWasMovedIntoTheStorageIsTrainedThoughItsGrainHasSaidThatThereIsNone()
    {
        await Hidden();
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 1);
        Assert.Null(await silo.Grid("moved").GetOverview(Some.Token));
        Assert.Empty(await silo.Queue.ListGrids(Some.Token));

        Execute(Show);

        await silo.Until("moved", async () => await silo.Grid("moved").GetOverview(Some.Token) is { Status: GridStatus.Completed });
    }

    [Fact]
    public async Task ASubmitThatMeetsAGridThatWasMovedThereLeavesIt()
    {
        var (id, definition) = await Hidden();
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        Assert.Null(await silo.Grid("moved").GetOverview(Some.Token));
        Execute(Show);

        // A client asks again after such an answer.
        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Submit(definition));
        var submitted = await silo.Submit(definition);

        Assert.False(submitted.Created);
        Assert.Equal(id, submitted.Grid.Id);
        Assert.Equal(id, await silo.IdOf("moved"));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _data.Dispose();
    }

    /// <summary>A grid whose rows nobody sees.</summary>
    private async Task<(string Id, GridDefinition Definition)> Hidden()
    {
        var definition = Some.Grid("moved", _data.Reference, Some.Experiment("it"));
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        var submitted = await silo.Submit(definition);
        Execute(Hide);
        return (submitted.Grid.Id, definition);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("experiments.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
