using Experiments.Grains.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Experiments.Grains.Storage.Inspection;

/// <summary>Looks at a storage's file and changes neither it nor what lies beside it, whether or not another process works on it.</summary>
public static class SqliteInspection
{
    /// <param name="path">Of a file that is there.</param>
    /// <param name="until">Ends the search for damage, which reads the whole file; what was read until then counts.</param>
    /// <exception cref="StorageUnavailableException">The file cannot be opened, or is no database.</exception>
    public static SqliteReading Read(string path, CancellationToken until)
    {
        try
        {
            bool alone = !HasLog(path);
            var reading = Read(path, alone, until);
            // Read as if nobody wrote it, it may look damaged where somebody has begun to.
            return alone && HasLog(path) ? Read(path, alone: false, until) : reading;
        }
        catch (SqliteException exception) when (new SqliteDataSource(path).Explain(exception) is var explained && explained != exception)
        {
            throw explained;
        }
    }

    private static bool HasLog(string path) => File.Exists(path + "-wal");

    /// <param name="alone">
    /// Nobody writes the file, nor has one who was killed left a log beside it: SQLite is told so, and makes no file to share with a writer.
    /// </param>
    private static SqliteReading Read(string path, bool alone, CancellationToken until)
    {
        string address = alone ? $"{new Uri(path).AbsoluteUri}?immutable=1" : path;
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = address, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        long version = SqliteSchema.InstalledVersion(connection);
        var (damage, whole) = Damage(connection, until);
        return new SqliteReading(version, SchemaFiles.Version, damage, whole, new FileInfo(path).Length);
    }

    private static (string? Damage, bool Whole) Damage(SqliteConnection connection, CancellationToken until)
    {
        using var interrupt = until.Register(() => sqlite3_interrupt(connection.Handle));
        if (until.IsCancellationRequested) return (null, false);

        try
        {
            string found = connection.Scalar<string>("PRAGMA quick_check(1)");
            return (found == "ok" ? null : found.ReplaceLineEndings(" "), true);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLITE_INTERRUPT)
        {
            return (null, false);
        }
    }
}

/// <summary>What is seen of a storage's file.</summary>
/// <param name="SchemaVersion">0 where it has no tables.</param>
/// <param name="KnownSchemaVersion">The latest that this program knows.</param>
/// <param name="Damage">The first that was found, in SQLite's words; null where there is none.</param>
/// <param name="IsWhole">Whether all of it was looked at.</param>
/// <param name="Bytes">Of the file.</param>
public sealed record SqliteReading(long SchemaVersion, long KnownSchemaVersion, string? Damage, bool IsWhole, long Bytes);
