using System.Globalization;
using Experiments.Grains.Storage.Inspection;
using Experiments.Reports;

namespace Experiments.Client.Doctor.Cluster;

/// <summary>Whether the server admits as many connections as the silos may want.</summary>
internal static class ConnectionsCheck
{
    /// <summary>Share of the connections, beyond which the next silo may find none.</summary>
    private const double Nearly = 0.9;

    private const string Remedy = "Raise the server's max_connections, or write a lower 'Maximum Pool Size' into the connection string.";

    public static Finding Judge(PostgresReading database)
    {
        int wanted = database.Silos.Length * database.PoolSize;
        string seen = string.Create(
            CultureInfo.InvariantCulture, $"{database.Connections} of {database.MostConnections} are used; {Figures.Count(database.Silos.Length, "silo")} may want {wanted}, {database.PoolSize} each");
        return wanted > database.MostConnections || database.Connections > Nearly * database.MostConnections ? Finding.Note($"{seen}: the last to ask would be refused.", Remedy) : Finding.Ok($"{seen}.");
    }
}
