using Npgsql;

namespace Experiments.Clustering;

/// <summary>What PostgreSQL's error codes mean to the user.</summary>
internal static class PostgresFault
{
    public static bool IsFull(NpgsqlException exception) => exception.SqlState == PostgresErrorCodes.DiskFull;

    /// <returns>Null for an error of the program's own.</returns>
    public static string? Remedy(NpgsqlException exception) => exception switch
    {
        PostgresException { SqlState: var state } => state switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => Password,
            PostgresErrorCodes.InvalidCatalogName => "Create the database with 'createdb', or name another.",
            PostgresErrorCodes.InsufficientPrivilege => "Make the user the owner of the database, or grant what is missing.",
            PostgresErrorCodes.ReadOnlySqlTransaction => "It is read-only: name the primary server.",
            PostgresErrorCodes.TooManyConnections => "Raise the server's max_connections, or lower 'Maximum Pool Size' in the connection string.",
            PostgresErrorCodes.UndefinedTable => "No silo has started on it yet, which makes its tables: start one with --cluster.",
            IdleInTransactionSessionTimeout => "This process, or its machine, stood still for a while: it is tried again.",
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => Restarts,
            _ when state.StartsWith(ConnectionExceptions, StringComparison.Ordinal) => Restarts,
            _ => null,
        },
        // The driver has no code for it where the server wants a password and none is given.
        _ when exception.Message.Contains("password", StringComparison.Ordinal) => Password,
        _ => "Check host and port, and that the server runs and can be reached.",
    };

    private const string Password = "Check user and password, which belong in EXPERIMENTS_CLUSTER or a passfile, and the server's pg_hba.conf.";

    private const string ConnectionExceptions = "08", IdleInTransactionSessionTimeout = "25P03";

    private const string Restarts = "The server stops or starts: wait until it runs again.";
}
