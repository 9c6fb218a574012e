using System.Data.Common;

namespace Experiments.Grains.Storage.Sqlite;

/// <summary>Installs the tables, and the statements that Orleans reads from one of them, before the silo's storage starts.</summary>
internal sealed class SqliteSchema(SqliteDataSource source) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(SqliteSchema), ServiceLifecycleStage.RuntimeStorageServices, cancellation => Task.Run(Install, cancellation));

    /// <summary>Makes what the installed version lacks, all of it or nothing, and keeps what is stored. Any number of processes may do it at once.</summary>
    /// <exception cref="NewerSchemaException">The file was written by a later version.</exception>
    /// <exception cref="StorageUnavailableException">The file can be neither opened nor created.</exception>
    public void Install()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(source.Path)!);
            using var connection = source.OpenConnection();
            SetFileFormat(connection);
            using var transaction = connection.BeginTransaction();
            long found = InstalledVersion(connection);
            if (found > SchemaFiles.Version) throw new NewerSchemaException(source.Path, found, SchemaFiles.Version);
            foreach (string sql in SchemaFiles.After("Sqlite", found)) connection.Execute(sql);
            transaction.Commit();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException($"'{source.Path}' cannot be used ({exception.Message.TrimEnd('.')}). Make the folder writable, or choose another.", exception);
        }
        catch (Exception exception) when (source.Explain(exception) is var explained && explained != exception)
        {
            throw explained;
        }
    }

    /// <summary>
    /// Both are kept in the file. Freed pages are given back only when asked: each epoch frees a checkpoint's pages and needs as many,
    /// and full auto-vacuum would move pages about at each commit.
    /// </summary>
    private static void SetFileFormat(DbConnection connection)
    {
        connection.Execute("PRAGMA auto_vacuum = INCREMENTAL");
        connection.Execute("PRAGMA journal_mode = WAL");
    }

    public static long InstalledVersion(DbConnection connection) =>
        connection.Scalar<long>("SELECT COUNT(*) FROM sqlite_master WHERE name = 'schema_version'") == 0
            ? 0
            : connection.Scalar<long>("SELECT version FROM schema_version");
}
