using Experiments.Clustering;

namespace Experiments.Grains.Storage.Postgres;

internal static class PostgresDatabase
{
    /// <summary>While one waits for the server's disk, the others send it what comes next.</summary>
    private const int Writers = 4;

    /// <summary>PostgreSQL itself uses the room of deleted rows again.</summary>
    public static Database Open(PostgresServer server)
    {
        ReserveThreads(server.MostConnections);
        return new(server.Source, server.Explain, reclaim: _ => false, "SELECT pg_database_size(current_database())", Writers);
    }

    /// <summary>
    /// A read or write holds one of the pool's threads while the server answers. Beyond its least number of threads the pool adds one in half
    /// a second, and when many trainings end at once the whole silo would stand still for so long.
    /// </summary>
    private static void ReserveThreads(int connections)
    {
        ThreadPool.GetMinThreads(out int workers, out int completionPorts);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + connections), completionPorts);
    }
}
