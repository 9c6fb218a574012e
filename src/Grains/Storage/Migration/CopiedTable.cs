using System.Collections.Immutable;
using System.Data.Common;
using NpgsqlTypes;

namespace Experiments.Grains.Storage.Migration;

/// <summary>A table of which a grid has rows, and how to read them from SQLite and to copy them to PostgreSQL.</summary>
/// <param name="Rows">Those of a grid, by the <see cref="Keys"/> of it.</param>
internal sealed record CopiedTable(string Name, string Rows, ImmutableArray<(string Name, NpgsqlDbType Type)> Columns)
{
    public const string Checkpoint = "checkpoint", GrainState = "OrleansStorage";

    private const string OfExperiments = "experiment_id >= @first AND experiment_id < @end";

    /// <summary>An epoch's checkpoint comes before the epoch, as always.</summary>
    public static readonly ImmutableArray<CopiedTable> All =
    [
        new("experiment", "experiment WHERE grid_id = @grid",
            [("id", NpgsqlDbType.Text), ("grid_id", NpgsqlDbType.Text), ("lease", NpgsqlDbType.Bigint), ("summary", NpgsqlDbType.Text)]),
        new(Checkpoint, $"{Checkpoint} WHERE {OfExperiments}",
            [
                ("experiment_id", NpgsqlDbType.Text), ("name", NpgsqlDbType.Text), ("created_at", NpgsqlDbType.TimestampTz),
                ("length", NpgsqlDbType.Bigint), ("sha256", NpgsqlDbType.Text), ("content", NpgsqlDbType.Bytea),
            ]),
        new("epoch", $"epoch WHERE {OfExperiments}",
            [
                ("experiment_id", NpgsqlDbType.Text), ("epoch", NpgsqlDbType.Integer),
                ("train_loss", NpgsqlDbType.Double), ("train_accuracy", NpgsqlDbType.Double),
                ("validation_loss", NpgsqlDbType.Double), ("validation_accuracy", NpgsqlDbType.Double),
                ("seconds", NpgsqlDbType.Double),
            ]),
        new("annotation", "annotation WHERE grid_id = @grid",
            [("grid_id", NpgsqlDbType.Text), ("experiment_id", NpgsqlDbType.Text), ("tags", NpgsqlDbType.Text), ("note", NpgsqlDbType.Text)]),
        new(GrainState, $"grain_key JOIN {GrainState} ON {GrainState}.rowid = grain_key.state WHERE key = @gridKey OR (key >= @firstKey AND key < @endKey)",
            [
                ("ServiceId", NpgsqlDbType.Text), ("GrainTypeHash", NpgsqlDbType.Integer), ("GrainTypeString", NpgsqlDbType.Text),
                ("GrainIdHash", NpgsqlDbType.Integer), ("GrainIdN0", NpgsqlDbType.Bigint), ("GrainIdN1", NpgsqlDbType.Bigint),
                ("GrainIdExtensionString", NpgsqlDbType.Text), ("Version", NpgsqlDbType.Integer), ("PayloadBinary", NpgsqlDbType.Bytea),
            ]),
    ];

    /// <summary>
    /// To be made once for a connection to SQLite. Grains are stored by hashes of their keys, and of a million no grid's are to be sought
    /// one by one; what is temporary is not in the file.
    /// </summary>
    public const string IndexGrains =
        $"""
        CREATE TEMP TABLE grain_key AS SELECT GrainIdExtensionString AS key, rowid AS state FROM {GrainState};
        CREATE INDEX temp.grain_by_key ON grain_key (key)
        """;

    private string Names => string.Join(", ", Columns.Select(column => column.Name));

    public string Count => $"SELECT COUNT(*) FROM {Rows}";

    public string Select => $"SELECT {Names} FROM {Rows}";

    public string Copy => $"COPY {Name} ({Names}) FROM STDIN (FORMAT BINARY)";

    /// <summary>Experiments' ids are the grid's, a hyphen and a number, and a point comes after the hyphen.</summary>
    public static (string, object?)[] Keys(string gridName, string gridId) =>
    [
        ("@grid", gridId), ("@first", $"{gridId}-"), ("@end", $"{gridId}."),
        ("@gridKey", GrainKeys.Grid(gridName)), ("@firstKey", GrainKeys.Experiment($"{gridId}-")), ("@endKey", GrainKeys.Experiment($"{gridId}.")),
    ];

    /// <returns>What stands in the columns, as Npgsql wants it for their types; null for NULL.</returns>
    public object?[] Values(DbDataReader row) => [.. Columns.Select((column, index) => row.IsDBNull(index) ? null : Value(row, index, column.Type))];

    private static object Value(DbDataReader row, int column, NpgsqlDbType type) => type switch
    {
        NpgsqlDbType.Text => row.GetString(column),
        NpgsqlDbType.Integer => row.GetInt32(column),
        NpgsqlDbType.Bigint => row.GetInt64(column),
        NpgsqlDbType.Double => row.GetDouble(column),
        NpgsqlDbType.TimestampTz => row.GetFieldValue<DateTimeOffset>(column).ToUniversalTime(),
        _ => row.GetFieldValue<byte[]>(column),
    };
}
