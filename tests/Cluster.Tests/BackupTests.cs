using Experiments.Cluster.Tests.History;
using Experiments.Processes;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Experiments.Cluster.Tests;

/// <summary>A backup that was taken while a grid trained is a moment of it, from which it ends as if nothing had been.</summary>
public sealed class BackupTests(ClusterPlace place, ITestOutputHelper log) : IClassFixture<ClusterPlace>, IAsyncLifetime
{
    private const string WithoutMembers = "--exclude-table-data=orleansmembership*";

    private TestedCluster _cluster = null!;
    private DateTimeOffset _dumped;

    public async ValueTask InitializeAsync() => _cluster = await TestedCluster.Create(place, log);

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData(WithoutMembers)]
    [InlineData(null)]
    public async Task AGridGoesOnFromADumpWhenAllSilosAreGone(string? option)
    {
        string dump = await DumpWhileItTrains("saved", option);
        await Task.WhenAll(_cluster.Silos.Values.Select(silo => silo.Kill()));

        await using var restored = TestedCluster.On(await place.Postgres.Restore(dump), place, log);
        await restored.Start(1, 2);

        Assert.Equal(2, (await AuditTrail.Read(restored.Database)).Epochs().Count(epoch => epoch.At < _dumped));
        await restored.EndsAsUndisturbed("saved");
    }

    [Theory]
    [InlineData(WithoutMembers)]
    [InlineData(null)]
    public async Task ACopyThatIsRestoredBesideTheClusterThatRunsIsAnotherCluster(string? option)
    {
        string copy = await place.Postgres.Restore(await DumpWhileItTrains("copied", option));
        await using var other = TestedCluster.On(copy, place, log);
        var early = await other.Ask("list");
        Assert.Equal(3, early.ExitCode);
        Assert.StartsWith("No silo has started on '", Assert.Single(early.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);

        await other.Start(1);

        await Task.WhenAll(_cluster.EndsAsUndisturbed("copied"), other.EndsAsUndisturbed("copied"));
        const string Identity = "SELECT DeploymentId FROM OrleansMembershipVersion";
        Assert.NotEqual(await PrivatePostgres.Execute(_cluster.Database, Identity), await PrivatePostgres.Execute(copy, Identity));
        Assert.Equal(1L, await PrivatePostgres.Execute(copy, "SELECT COUNT(*) FROM OrleansMembership"));
    }

    [Fact]
    public async Task AGridGoesOnFromABackupOfTheFileThatWasTakenWhileARunTrained()
    {
        using var machine = new Workplace();
        string file = machine.Grid("filed", ClusterPlace.Experiments, epochs: 3);
        Directory.CreateDirectory(machine.PathOf("backup"));
        await using (var run = ClientProcess.Start(machine.Folder, "run", file, "--no-dashboard"))
        {
            await run.Line(line => line.Contains("epoch 1/3", StringComparison.Ordinal));
            Backup(machine.PathOf("storage", "experiments.db"), machine.PathOf("backup", "experiments.db"));
            await run.Line(line => line.Contains("epoch 2/3", StringComparison.Ordinal));
            run.Kill();
            await run.Finish();
        }

        var ended = await ClientProcess.Run(machine.Folder, "run", file, "--storage", "backup", "--output", "restored");
        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        Assert.Contains("it goes on", ended.Output, StringComparison.Ordinal);
        Assert.Equal(await place.Undisturbed(), RecordedResults.Reproducible(RecordedResults.Read(machine.PathOf("restored", "results.json"))));
    }

    /// <summary>Two silos train a grid, go on for an epoch after the dump, and are still at it.</summary>
    private async Task<string> DumpWhileItTrains(string grid, string? option)
    {
        await _cluster.Start(1, 2);
        await using var held = await HeldRows.OfEpochs(_cluster.Database, from: 2);
        await _cluster.Submit(place.Grid(grid));
        await _cluster.Until("both silos have committed an epoch", events => events.Epochs().Count() == 2);
        string dump = await place.Postgres.Dump(_cluster.Database, option is null ? [] : [option]);
        _dumped = DateTimeOffset.UtcNow;
        await held.Release();
        var events = await _cluster.Until("they have committed more", events => events.Epochs().Count() > 2);
        Assert.Contains(events.Rows(), row => !row.Status.IsFinal());
        return dump;
    }

    /// <summary>What sqlite3's .backup does.</summary>
    private static void Backup(string from, string to)
    {
        using var source = new SqliteConnection($"Data Source={from};Pooling=False");
        using var copy = new SqliteConnection($"Data Source={to};Pooling=False");
        source.Open();
        copy.Open();
        source.BackupDatabase(copy);
    }
}
