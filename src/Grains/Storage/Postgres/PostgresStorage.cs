using System.Globalization;
using Npgsql;

namespace Experiments.Grains.Storage.Postgres;

/// <summary>Connections to one database, and what its errors mean.</summary>
internal sealed class PostgresStorage : IAsyncDisposable
{
    /// <summary>The name by which Orleans knows PostgreSQL.</summary>
    public const string Invariant = "Npgsql";

    /// <summary>While one waits for the server's disk, the others send it what comes next.</summary>
    private const int Writers = 4;

    private readonly int _connections;

    /// <exception cref="StorageUnavailableException">The connection string is none.</exception>
    public PostgresStorage(string connectionString)
    {
        var connection = PostgresConnection.Parse(connectionString);
        Place = string.Create(CultureInfo.InvariantCulture, $"{connection.Database} on {connection.Host}:{connection.Port}");
        Source = NpgsqlDataSource.Create(connection);
        _connections = connection.MaxPoolSize;
    }

    public NpgsqlDataSource Source { get; }

    /// <summary>Database and server, for people; never the password.</summary>
    public string Place { get; }

    /// <summary>PostgreSQL itself uses the room of deleted rows again.</summary>
    public Database Open()
    {
        ReserveThreads();
        return new(Source, Explain, reclaim: _ => false, "SELECT pg_database_size(current_database())", Writers);
    }

    /// <summary>Names the database and the remedy where it cannot be reached or written; any other error it gives back.</summary>
    public Exception Explain(Exception exception) => exception switch
    {
        NpgsqlException postgres when PostgresFault.IsFull(postgres) => new StorageFullException(Place, postgres),
        NpgsqlException postgres when PostgresFault.Remedy(postgres) is { } remedy => new StorageUnavailableException($"'{Place}' cannot be used ({Reason(postgres)}). {remedy}", postgres),
        _ => exception,
    };

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private static string Reason(NpgsqlException exception) =>
        (exception is PostgresException postgres ? postgres.MessageText : (exception.InnerException ?? exception).Message).ReplaceLineEndings(" ").TrimEnd('.');

    /// <summary>
    /// A read or write holds one of the pool's threads while the server answers. Beyond its least number of threads the pool adds one in half
    /// a second, and when many trainings end at once the whole silo would stand still for so long.
    /// </summary>
    private void ReserveThreads()
    {
        ThreadPool.GetMinThreads(out int workers, out int completionPorts);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + _connections), completionPorts);
    }
}
