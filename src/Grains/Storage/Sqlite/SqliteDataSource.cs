using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Experiments.Grains.Storage.Sqlite;

/// <summary>Connections to one database file.</summary>
internal sealed class SqliteDataSource : DbDataSource
{
    /// <summary>In WAL mode this survives the death of the process (not a power cut) without waiting for the disk at each commit.</summary>
    private const string Durability = "PRAGMA synchronous = NORMAL;";

    public SqliteDataSource(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = Path }.ToString();
    }

    public string Path { get; }

    public override string ConnectionString { get; }

    public Database Open() => new(this, Explain, Reclaim, replaced: _ => { }, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", writers: 1);

    /// <summary>Names the file and the remedy where the file cannot be written or opened; any other error it gives back.</summary>
    public Exception Explain(Exception exception) => exception switch
    {
        SqliteException sqlite when SqliteFault.IsFull(sqlite, Path) => new StorageFullException(Path, sqlite),
        SqliteException sqlite when SqliteFault.Remedy(sqlite) is { } remedy => new StorageUnavailableException($"'{Path}' cannot be used ({sqlite.Message.TrimEnd('.')}). {remedy}", sqlite),
        _ => exception,
    };

    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    protected override DbConnection OpenDbConnection()
    {
        var connection = base.OpenDbConnection();
        connection.Execute(Durability);
        return connection;
    }

    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) => new(OpenDbConnection());

    /// <summary>Without pooled connections the write-ahead log goes into the file, which is then whole by itself.</summary>
    protected override void Dispose(bool disposing)
    {
        // The base calls this with false from DisposeAsync too, so the argument tells nothing.
        SqliteConnection.ClearPool(new SqliteConnection(ConnectionString));
        base.Dispose(disposing);
    }

    /// <summary>Gives up to 16 MB of unused pages back to the file system; true while there are more.</summary>
    private static bool Reclaim(DbConnection connection)
    {
        long before = Unused(connection);
        connection.Execute("PRAGMA incremental_vacuum(4096)");
        // None goes where the file was made by other hands, without the format that ours has.
        return Unused(connection) is > 0 and var left && left < before;
    }

    private static long Unused(DbConnection connection) => connection.Scalar<long>("PRAGMA freelist_count");
}
