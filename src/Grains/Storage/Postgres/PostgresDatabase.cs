using Experiments.Clustering;

namespace Experiments.Grains.Storage.Postgres;

internal static class PostgresDatabase
{
    /// <summary>While one waits for the server's disk, the others send it what comes next.</summary>
    private const int Writers = 4;

    /// <summary>Room of deleted rows is used again, and not given back to the system.</summary>
    public static Database Open(PostgresServer server)
    {
        ReserveThreads(server.MostConnections);
        return new(server.Source, server.Explain, reclaim: _ => false, new CheckpointVacuum(server).Wrote, "SELECT pg_database_size(current_database())", Writers);
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
