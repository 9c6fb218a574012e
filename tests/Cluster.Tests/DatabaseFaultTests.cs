using Experiments.Cluster.Tests.History;
using Experiments.Processes;
using Npgsql;
using Xunit;

namespace Experiments.Cluster.Tests;

/// <summary>Whatever becomes of the database server, what it has acknowledged stays, and training goes on as soon as it can.</summary>
public sealed class DatabaseFaultTests(ClusterPlace place, ITestOutputHelper log) : IAsyncLifetime
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);

    private PrivatePostgres _postgres = null!;
    private TestedCluster? _cluster;

    public async ValueTask InitializeAsync() => _postgres = await PrivatePostgres.Start();

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }

    [Fact]
    public async Task AGridOutlivesTheDeathOfTheDatabaseServer()
    {
        var cluster = _cluster = await TestedCluster.Create(place, log, _postgres);
        await cluster.Start(1, 2);
        await using var held = await HeldRows.OfEpochs(cluster.Database, from: 2);
        await cluster.Submit(place.Grid("outlived"));
        await cluster.Until("an epoch is committed", events => events.Epochs().Any());

        await _postgres.Kill();
        await held.Release();
        await _postgres.Restart();

        await cluster.EndsAsUndisturbed("outlived");
    }

    [Fact]
    public async Task TrainingGoesOnWhileTheDatabaseCannotBeReached()
    {
        await using var line = new SeveredLine(new NpgsqlConnectionStringBuilder(_postgres.ConnectionString("postgres")).Port);
        var cluster = _cluster = await TestedCluster.Create(
            place, log, _postgres, database => new NpgsqlConnectionStringBuilder(database) { Port = line.Port }.ConnectionString);
        await cluster.Start(1, 2);
        await using var held = await HeldRows.OfEpochs(cluster.Database, from: 2);
        await cluster.Submit(place.Grid("unreachable"));
        await cluster.Until("a slot trains its second of three epochs", events => events.Running().Any(row => events.Epochs(row.ExperimentId) == 1));

        line.Sever();
        await Task.Delay(Outage, TestContext.Current.CancellationToken);
        line.Mend();
        await held.Release();

        await cluster.EndsAsUndisturbed("unreachable");
        var events = await AuditTrail.Read(cluster.Database);
        Assert.All(events.Rows(), row => Assert.Equal(1, row.Lease));
        // An epoch that was trained only once the one before it was committed would be committed its training's time later, at least.
        Assert.Contains(events.Epochs().GroupBy(epoch => epoch.ExperimentId).SelectMany(epochs => epochs.Zip(epochs.Skip(1))), pair =>
            (pair.Second.At - pair.First.At).TotalSeconds < pair.Second.Metrics.Seconds);
    }
}
