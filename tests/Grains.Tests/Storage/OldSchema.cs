using Experiments.Grains.Storage;

namespace Experiments.Grains.Tests.Storage;

/// <summary>What a storage of an earlier version held, in SQL that both databases read.</summary>
internal static class OldSchema
{
    private const string Rows =
        """
        INSERT INTO grid (name, id) VALUES ('old', 'o');
        INSERT INTO experiment (id, grid_id, lease, summary) VALUES ('o-1', 'o', 3, '{"id":"o-1","name":"baseline","variant":"baseline","status":"Paused","epochs":5,"best":{"epoch":1,"validationLoss":2,"testAccuracy":null}}');
        INSERT INTO epoch VALUES ('o-1', 1, 1, 0.5, 2, 0.25, 3.5);
        INSERT INTO checkpoint (experiment_id, name, created_at, length, sha256, content)
        VALUES ('o-1', 'it', '2026-01-01 00:00:00+00:00', 3, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'abc');
        """;

    public static TheoryData<int> Versions { get; } = [.. Enumerable.Range(1, (int)SchemaFiles.Version - 1)];

    /// <summary>Makes a storage of a version, with rows.</summary>
    public static string Of(string database, int version) =>
        string.Concat(Enumerable.Range(1, version).Select(number => SchemaFiles.Read(database, number))) + Rows;

    public static async Task AssertKept(StorageSilo silo)
    {
        Assert.Equal([new("old", "o")], await silo.Experiments.ListGridsAsync(Some.Token));
        Assert.Equal([Some.Row("o-1", ExperimentStatus.Paused) with { Best = new BestEpoch(1, 2, ValidationAccuracy: null, TestAccuracy: null) }], await silo.Experiments.ReadRowsAsync("o", Some.Token));
        Assert.Equal([Some.Epoch(1)], await silo.Experiments.ReadHistoryAsync("o-1", Some.Token));
        Assert.Equal("abc"u8.ToArray(), await silo.Checkpoints.ReadAsync("o-1", "it", Some.Token));
        await silo.Datasets.WriteChunkAsync("new", 0, Some.Bytes(10), Some.Token);
        Assert.Equal([0], await silo.Datasets.ListChunksAsync("new", Some.Token));
        Assert.True(await silo.Experiments.WriteAnnotationAsync("o", "o-1", Some.Annotation, Some.Token));
        Assert.Equivalent(new AnnotationEntry("o-1", Some.Annotation), Assert.Single(await silo.Experiments.ReadAnnotationsAsync("o", Some.Token)), strict: true);
    }
}
