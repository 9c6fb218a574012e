using System.Globalization;
using Npgsql;

namespace Experiments.Clustering;

/// <summary>Connections to the database that a cluster shares, and what its errors mean.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The name by which Orleans knows PostgreSQL.</summary>
    public const string Invariant = "Npgsql";

    /// <exception cref="StorageUnavailableException">The connection string is none.</exception>
    public PostgresServer(string connectionString)
    {
        var connection = PostgresConnection.Parse(connectionString);
        Place = string.Create(CultureInfo.InvariantCulture, $"{connection.Database} on {connection.Host}:{connection.Port}");
        Source = new NpgsqlDataSourceBuilder(connection.ConnectionString).UsePhysicalConnectionInitializer(PostgresSession.Begin, PostgresSession.BeginAsync).Build();
        MostConnections = connection.MaxPoolSize;
    }

    public NpgsqlDataSource Source { get; }

    public int MostConnections { get; }

    /// <summary>Database and server, for people; never the password.</summary>
    public string Place { get; }

    /// <summary>Names the database and the remedy where it cannot be reached or written; any other error it gives back.</summary>
    public Exception Explain(Exception exception) => exception switch
    {
        NpgsqlException postgres when PostgresFault.IsFull(postgres) => new StorageFullException(Place, postgres),
        NpgsqlException postgres when PostgresFault.Remedy(postgres) is { } remedy => new StorageUnavailableException($"'{Place}' cannot be used ({Reason(postgres)}). {remedy}", postgres),
        _ => exception,
    };

    /// <summary>Runs an operation on a connection of its own, and lets it fail with what <see cref="Explain"/> makes of its error.</summary>
    public T Run<T>(Func<NpgsqlConnection, T> operation)
    {
        try
        {
            using var connection = Source.OpenConnection();
            return operation(connection);
        }
        catch (Exception exception) when (Explain(exception) is var explained && explained != exception)
        {
            throw explained;
        }
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private static string Reason(NpgsqlException exception) =>
        (exception is PostgresException postgres ? postgres.MessageText : (exception.InnerException ?? exception).Message).ReplaceLineEndings(" ").TrimEnd('.');
}
