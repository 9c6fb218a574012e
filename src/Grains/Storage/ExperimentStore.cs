using System.Collections.Immutable;
using System.Data.Common;

namespace Experiments.Grains.Storage;

internal sealed class ExperimentStore(Database database, TimeProvider time) : IExperimentStore
{
    /// <summary>A dataset that was sent, or half sent, and not submitted is kept as long for whoever goes on.</summary>
    private static readonly TimeSpan KeptUnused = TimeSpan.FromDays(7);

    public Task<string> AddGridAsync(string name, string id, string? dataset, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return database.WriteAloneAsync(connection =>
        {
            if (dataset is not null && !DatasetRows.TakeWhole(connection, dataset, now)) throw new DatasetMissingException(dataset);
            connection.Execute(
                """
                INSERT INTO grid (name, id, dataset) VALUES (@name, @id, @dataset)
                ON CONFLICT (name) DO UPDATE SET dataset = excluded.dataset WHERE grid.id = excluded.id
                """,
                ("@name", name), ("@id", id), ("@dataset", dataset));
            return connection.Scalar<string>("SELECT id FROM grid WHERE name = @name", ("@name", name));
        }, cancellationToken);
    }

    public Task<ImmutableArray<GridEntry>> ListGridsAsync(CancellationToken cancellationToken) => database.ReadAsync(connection =>
        connection.Query("SELECT name, id FROM grid ORDER BY position", row => new GridEntry(row.GetString(0), row.GetString(1))), cancellationToken);

    public Task<long> MeasureGridAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(connection => connection.Scalar<long>(
        """
        SELECT CAST(COALESCE(SUM(checkpoint.length), 0) AS BIGINT)
        FROM experiment JOIN checkpoint ON checkpoint.experiment_id = experiment.id
        WHERE experiment.grid_id = @grid
        """,
        ("@grid", id)), cancellationToken);

    public async Task RemoveGridAsync(string id, CancellationToken cancellationToken)
    {
        var experiments = await database.ReadAsync(connection =>
            connection.Query("SELECT id FROM experiment WHERE grid_id = @grid", row => row.GetString(0), ("@grid", id)), cancellationToken);

        // One write for each experiment: a single one for ten thousand would keep every other writer waiting.
        await Task.WhenAll(experiments.Select(experiment => database.WriteAsync(connection => Remove(connection, experiment), cancellationToken)));
        while (await database.WriteAloneAsync(connection => RemoveSome(connection, id), cancellationToken))
        {
        }

        await RemoveUnusedDatasetsAsync(time.GetUtcNow() - KeptUnused, cancellationToken);
        await database.ReclaimSpaceAsync(cancellationToken);
    }

    public Task WriteRowAsync(string gridId, long lease, ExperimentRow row, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => WriteRow(connection, gridId, lease, row), cancellationToken);

    public Task<ImmutableArray<ExperimentRow>> ReadRowsAsync(string gridId, CancellationToken cancellationToken) => database.ReadAsync(connection =>
        connection.Query("SELECT summary FROM experiment WHERE grid_id = @grid ORDER BY id", row => RowJson.Read(row.GetString(0)), ("@grid", gridId)), cancellationToken);

    public Task AppendEpochAsync(string gridId, long lease, EpochMetrics metrics, ExperimentRow row, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(metrics.Epoch, 1);
        return database.WriteAsync(connection =>
        {
            // Both statements in one round trip. Where the first is refused, the transaction takes the second back too.
            if (connection.Returned($"{WrittenRow} RETURNING 1; {AppendedEpoch} RETURNING 1", [.. Row(gridId, lease, row), .. Epoch(metrics)]) is not [true, var appended])
                throw new LeaseLostException(row.Id, lease);
            if (!appended && LastEpoch(connection, row.Id) is var last && metrics.Epoch > last) throw new EpochGapException(row.Id, metrics.Epoch, last);
        }, cancellationToken);
    }

    public Task<ImmutableArray<EpochMetrics>> ReadHistoryAsync(string experimentId, CancellationToken cancellationToken) => database.ReadAsync(connection =>
        connection.Query(
            """
            SELECT epoch, train_loss, train_accuracy, validation_loss, validation_accuracy, seconds
            FROM epoch WHERE experiment_id = @experiment ORDER BY epoch
            """,
            row => new EpochMetrics(row.GetInt32(0), row.GetDouble(1), row.GetDouble(2), row.GetDouble(3), row.GetDouble(4), row.GetDouble(5)),
            ("@experiment", experimentId)), cancellationToken);

    public async Task<ImmutableArray<EpochColumns>> ReadHistoriesAsync(ImmutableArray<HistoryRequest> requests, int most, CancellationToken cancellationToken) =>
        requests.IsEmpty ? [] : await database.ReadAsync(connection => HistoryRows.Read(connection, requests, most), cancellationToken);

    public Task<bool> WriteAnnotationAsync(string gridId, string? experimentId, Annotation annotation, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => AnnotationRows.Write(connection, gridId, experimentId, annotation), cancellationToken);

    public Task<ImmutableArray<AnnotationEntry>> ReadAnnotationsAsync(string gridId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => AnnotationRows.Read(connection, gridId), cancellationToken);

    /// <summary>Removes some of the dataset that no other grid uses, and in the end the grid, which until then tells what is still to be removed.</summary>
    /// <returns>Whether there is more.</returns>
    private static bool RemoveSome(DbConnection connection, string gridId)
    {
        if (connection.Query("SELECT dataset FROM grid WHERE id = @id AND dataset IS NOT NULL", row => row.GetString(0), ("@id", gridId)) is [var dataset]
            && DatasetRows.Take(connection, dataset)
            && !DatasetRows.IsUsed(connection, dataset, besides: gridId))
        {
            DatasetRows.RemoveSome(connection, dataset);
            return true;
        }

        AnnotationRows.Remove(connection, gridId);
        connection.Execute("DELETE FROM grid WHERE id = @id", ("@id", gridId));
        return false;
    }

    private async Task RemoveUnusedDatasetsAsync(DateTimeOffset unchangedSince, CancellationToken cancellationToken)
    {
        var unused = await database.ReadAsync(connection => connection.Query(
            "SELECT sha256 FROM dataset WHERE changed_at < @since AND NOT EXISTS (SELECT 1 FROM grid WHERE grid.dataset = dataset.sha256)",
            row => row.GetString(0), ("@since", unchangedSince)), cancellationToken);
        foreach (string dataset in unused)
        {
            while (await database.WriteAloneAsync(connection => RemoveSomeUnused(connection, dataset, unchangedSince), cancellationToken))
            {
            }
        }
    }

    private static bool RemoveSomeUnused(DbConnection connection, string dataset, DateTimeOffset unchangedSince)
    {
        if (!DatasetRows.Take(connection, dataset, unchangedSince) || DatasetRows.IsUsed(connection, dataset))
        {
            return false;
        }

        DatasetRows.RemoveSome(connection, dataset);
        return true;
    }

    /// <summary>Also the fence: it leaves the row of a higher lease as it is.</summary>
    private const string WrittenRow =
        """
        INSERT INTO experiment (id, grid_id, lease, summary) VALUES (@experiment, @grid, @lease, @summary)
        ON CONFLICT (id) DO UPDATE SET grid_id = excluded.grid_id, lease = excluded.lease, summary = excluded.summary
        WHERE experiment.lease <= excluded.lease
        """;

    /// <summary>Leaves an epoch that is there as it is, and no gap before one that is not.</summary>
    private const string AppendedEpoch =
        """
        INSERT INTO epoch (experiment_id, epoch, train_loss, train_accuracy, validation_loss, validation_accuracy, seconds)
        SELECT @experiment, @epoch, @trainLoss, @trainAccuracy, @validationLoss, @validationAccuracy, @seconds
        WHERE @epoch = 1 + (SELECT COALESCE(MAX(epoch), 0) FROM epoch WHERE experiment_id = @experiment)
        """;

    private static void WriteRow(DbConnection connection, string gridId, long lease, ExperimentRow row)
    {
        int written = connection.Execute(WrittenRow, Row(gridId, lease, row));
        if (written == 0) throw new LeaseLostException(row.Id, lease);
    }

    private static (string, object?)[] Row(string gridId, long lease, ExperimentRow row) =>
        [("@experiment", row.Id), ("@grid", gridId), ("@lease", lease), ("@summary", RowJson.Write(row))];

    private static (string, object?)[] Epoch(EpochMetrics metrics) =>
    [
        ("@epoch", metrics.Epoch),
        ("@trainLoss", metrics.TrainLoss), ("@trainAccuracy", metrics.TrainAccuracy),
        ("@validationLoss", metrics.ValidationLoss), ("@validationAccuracy", metrics.ValidationAccuracy),
        ("@seconds", metrics.Seconds),
    ];

    private static int LastEpoch(DbConnection connection, string experimentId) => (int)connection.Scalar<long>(
        "SELECT CAST(COALESCE(MAX(epoch), 0) AS BIGINT) FROM epoch WHERE experiment_id = @experiment", ("@experiment", experimentId));

    private static void Remove(DbConnection connection, string experimentId)
    {
        foreach (string statement in (string[])[
            "DELETE FROM checkpoint WHERE experiment_id = @experiment",
            "DELETE FROM epoch WHERE experiment_id = @experiment",
            "DELETE FROM experiment WHERE id = @experiment"])
        {
            connection.Execute(statement, ("@experiment", experimentId));
        }
    }
}
