using Npgsql;

namespace Experiments.Clustering;

/// <summary>
/// What the server is told of each connection: how long it keeps what a client has locked of which it hears nothing. With its own settings
/// that is until the client's machine is reached again, or two hours, and nobody else could train what a machine that is cut off was about
/// to report.
/// </summary>
internal static class PostgresSession
{
    /// <summary>
    /// A silo that was frozen between two statements of a transaction, which it sends at once; one that is cut off, whose system answers no
    /// more; and one that is cut off while the server answers. Each takes no longer than to declare a silo dead.
    /// </summary>
    private const string Settings =
        """
        SET idle_in_transaction_session_timeout = '10s';
        SET tcp_keepalives_idle = 4; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;
        SET tcp_user_timeout = '10s'
        """;

    public static void Begin(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Settings, connection);
        command.ExecuteNonQuery();
    }

    public static async Task BeginAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Settings, connection);
        await command.ExecuteNonQueryAsync();
    }
}
