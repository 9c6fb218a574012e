using System.Collections.Immutable;
using System.Data.Common;

namespace Experiments.Grains.Storage;

/// <summary>The statements that keep what people write about grids and experiments.</summary>
internal static class AnnotationRows
{
    private const char Between = ',';

    /// <returns>Whether the grid is there; where it is not, nothing is written.</returns>
    public static bool Write(DbConnection connection, string gridId, string? experimentId, Annotation annotation) => connection.Execute(
        """
        INSERT INTO annotation (grid_id, experiment_id, tags, note) SELECT id, @experiment, @tags, @note FROM grid WHERE id = @grid
        ON CONFLICT (grid_id, experiment_id) DO UPDATE SET tags = excluded.tags, note = excluded.note
        """,
        ("@grid", gridId), ("@experiment", experimentId ?? ""), ("@tags", string.Join(Between, annotation.Tags)), ("@note", annotation.Note)) > 0;

    public static ImmutableArray<AnnotationEntry> Read(DbConnection connection, string gridId) => connection.Query(
        "SELECT experiment_id, tags, note FROM annotation WHERE grid_id = @grid AND (tags <> '' OR note <> '') ORDER BY experiment_id",
        row => new AnnotationEntry(
            row.GetString(0) is "" ? null : row.GetString(0),
            new Annotation([.. row.GetString(1).Split(Between, StringSplitOptions.RemoveEmptyEntries)], row.GetString(2))),
        ("@grid", gridId));

    public static void Remove(DbConnection connection, string gridId) =>
        connection.Execute("DELETE FROM annotation WHERE grid_id = @grid", ("@grid", gridId));
}
