using Npgsql;

namespace Experiments.Clustering;

/// <summary>What a connection string says, and what it leaves to us.</summary>
internal static class PostgresConnection
{
    /// <summary>A server admits a hundred connections unless told otherwise, and several silos share them.</summary>
    private const int PoolSize = 20;

    /// <summary>More than the program has statements: the server plans each once for a connection, not each time.</summary>
    private const int Statements = 100;

    /// <exception cref="StorageUnavailableException">It is no connection string, or names no database.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        NpgsqlConnectionStringBuilder connection;
        try
        {
            connection = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The text may hold a password, so neither it nor the driver's message is shown.
            throw Unusable(exception);
        }

        if (string.IsNullOrEmpty(connection.Host) || string.IsNullOrEmpty(connection.Database)) throw Unusable(cause: null);

        if (LeavesOpen("Maximum Pool Size")) connection.MaxPoolSize = PoolSize;
        if (LeavesOpen("Max Auto Prepare")) connection.MaxAutoPrepare = Statements;
        // Nothing that we do outlasts its transaction, so there is nothing to clear before a connection is used again.
        if (LeavesOpen("No Reset On Close")) connection.NoResetOnClose = true;
        connection.ApplicationName ??= "experiments";
        return connection;

        // ContainsKey is true of every key there is; this one only of those in the text.
        bool LeavesOpen(string key) => !connection.ShouldSerialize(key);
    }

    private static StorageUnavailableException Unusable(Exception? cause) =>
        new("The cluster's connection string cannot be used. Write it as \"Host=db.example;Database=experiments;Username=…\", with the password in EXPERIMENTS_CLUSTER or a passfile.", cause);
}
