using System.Diagnostics;
using Experiments.Grains.Storage.Inspection;
using Experiments.Training;

namespace Experiments.Client.Doctor.Cluster;

/// <summary>What a cluster must have. The database and the silos are asked once, and each check judges a part of the answer.</summary>
internal sealed class ClusterChecks
{
    /// <summary>Of a check's time: the silos are asked once the database has told of them, and what they leave unanswered has still to be said.</summary>
    private const double ShareOfDatabase = 0.65, ShareOfBoth = 0.9;

    private static readonly Finding DatabaseLate = Finding.Fault("The database does not answer.", "Check host and port, the network and its firewalls, and that the server runs and is not overloaded.");

    private static readonly Finding AfterDatabase = Finding.Note("Not looked at, since the database cannot be used.", "Mend 'database' first.");

    private static readonly Finding AfterSilos = Finding.Note("Not looked at, since no silo answers.", "Mend 'cluster' first.");

    private readonly TimeSpan _patience;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly Lazy<Task<PostgresReading>> _database;
    private readonly Lazy<Task<ClusterReading>> _silos;

    private ClusterChecks(string cluster, TimeSpan patience)
    {
        _patience = patience;
        _database = new(() => Task.Run(() => PostgresInspection.Read(cluster, TimeProvider.System, CancellationToken.None)).WaitAsync(patience * ShareOfDatabase));
        _silos = new(() => Task.Run(() => AskSilos(cluster)));
    }

    /// <param name="cluster">Connection string of the database.</param>
    /// <param name="patience">The time of a check.</param>
    public static Check[] All(string cluster, TimeSpan patience)
    {
        var checks = new ClusterChecks(cluster, patience);
        return
        [
            new("database", _ => checks.Database(), DatabaseLate),
            new("durability", _ => checks.Judge(DurabilityCheck.Judge), AfterDatabase),
            new("connections", _ => checks.Judge(ConnectionsCheck.Judge), AfterDatabase),
            new("clock", _ => checks.Judge(database => ClockCheck.Judge(database.Ahead, database.AheadWithin)), AfterDatabase),
            new("cluster", _ => checks.Members(), MembersCheck.Silent),
            new("silo versions", _ => checks.Judge(cluster => SiloVersionsCheck.Judge(cluster.Silos, LibTorch.Version)), AfterSilos),
            new("silo processors", _ => checks.Judge(cluster => SiloProcessorsCheck.Judge(cluster.Silos)), AfterSilos),
            new("queue", _ => checks.Judge(cluster => QueueCheck.Judge(cluster.Silos, cluster.Waiting)), AfterSilos),
        ];
    }

    private async Task<ClusterReading> AskSilos(string cluster)
    {
        var members = (await _database.Value).Silos;
        if (members.IsEmpty) return new ClusterReading(members, [], []);

        using var until = new CancellationTokenSource(Left(_patience * ShareOfBoth));
        return await ClusterReading.Take(cluster, members, until.Token).WaitAsync(until.Token);
    }

    private async Task<Finding> Database()
    {
        try
        {
            return DatabaseCheck.Judge(await _database.Value);
        }
        catch (StorageUnavailableException exception)
        {
            return Finding.Fault(exception);
        }
        catch (TimeoutException)
        {
            return DatabaseLate;
        }
    }

    private async Task<Finding> Judge(Func<PostgresReading, Finding> judge)
    {
        try
        {
            return judge(await _database.Value);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or TimeoutException)
        {
            return AfterDatabase;
        }
    }

    private Task<Finding> Members() => Judge(MembersCheck.Judge, none: database => MembersCheck.NoneAnswers(database.Silos));

    private Task<Finding> Judge(Func<ClusterReading, Finding> judge) => Judge(judge, none: _ => AfterSilos);

    /// <param name="none">Where no silo answers.</param>
    private async Task<Finding> Judge(Func<ClusterReading, Finding> judge, Func<PostgresReading, Finding> none)
    {
        ClusterReading cluster;
        try
        {
            cluster = await _silos.Value;
        }
        catch (Exception) when (_database.Value.IsCompletedSuccessfully)
        {
            // However the client fails to join, or a call of it: to the user it is one thing.
            return await Judge(none);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or TimeoutException)
        {
            return AfterDatabase;
        }

        return judge(cluster);
    }

    private TimeSpan Left(TimeSpan patience) => Stopwatch.GetElapsedTime(_began) is var passed && passed < patience ? patience - passed : TimeSpan.Zero;
}
