namespace Experiments.Grains.Tests.Storage;

/// <summary>What a storage of version 1 held, in SQL that both databases read.</summary>
internal static class OldSchema
{
    public const string Rows =
        """
        INSERT INTO grid (name, id) VALUES ('old', 'o');
        INSERT INTO experiment (id, grid_id, lease, summary) VALUES ('o-1', 'o', 3, '{"id":"o-1","name":"baseline","variant":"baseline","status":"Paused","epochs":5,"best":{"epoch":1,"validationLoss":2,"testAccuracy":null}}');
        INSERT INTO epoch VALUES ('o-1', 1, 1, 0.5, 2, 0.25, 3.5);
        INSERT INTO checkpoint (experiment_id, name, created_at, length, sha256, content)
        VALUES ('o-1', 'it', '2026-01-01 00:00:00+00:00', 3, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'abc');
        """;

    public static async Task AssertKept(StorageSilo silo)
    {
        Assert.Equal([new("old", "o")], await silo.Experiments.ListGridsAsync(Some.Token));
        Assert.Equal([Some.Row("o-1", ExperimentStatus.Paused) with { Best = new BestEpoch(1, 2, ValidationAccuracy: null, TestAccuracy: null) }], await silo.Experiments.ReadRowsAsync("o", Some.Token));
        Assert.Equal([Some.Epoch(1)], await silo.Experiments.ReadHistoryAsync("o-1", Some.Token));
        Assert.Equal("abc"u8.ToArray(), await silo.Checkpoints.ReadAsync("o-1", "it", Some.Token));
        await silo.Datasets.WriteChunkAsync("new", 0, Some.Bytes(10), Some.Token);
        Assert.Equal([0], await silo.Datasets.ListChunksAsync("new", Some.Token));
    }
}
