using System.Text.Json.Nodes;
using Experiments.Processes;
using Xunit;

namespace Experiments.Cluster.Tests;

/// <summary>Grids of one machine's storage, moved to a cluster: what comes of them is what would have come of them at home.</summary>
public sealed class MigrationTests(ClusterPlace place, ITestOutputHelper log) : IClassFixture<ClusterPlace>, IAsyncLifetime
{
    private const int Epochs = 3;

    private readonly Workplace _machine = new();
    private TestedCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await TestedCluster.Create(place, log);

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        _machine.Dispose();
    }

    [Fact]
    public async Task WhatOneMachineBeganAClusterEndsAsIfNothingHadBeen()
    {
        await Succeed("run", _machine.Grid("ended", "  - name: it", epochs: 1), "--output", "ended");
        string ended = (await Succeed("report", "ended", "--json")).Output;
        await Begin("begun", "epoch 1/", run => run.Kill());

        var migrated = await Succeed("migrate", "--cluster", _cluster.Database, "--json");
        var grids = JsonNode.Parse(migrated.Output)!["grids"]!.AsArray();
        Assert.Equal(["ended", "begun"], grids.Select(grid => (string)grid!["name"]!));
        Assert.Equal((true, 0, 1), ((bool)grids[0]!["copied"]!, (int)grids[0]!["unfinished"]!, (int)grids[0]!["epochs"]!));
        Assert.InRange((int)grids[1]!["unfinished"]!, 2, ClusterPlace.ExperimentsOfAGrid);
        Assert.Contains("Dataset halves: 2.1 of 2.1 MB sent.", migrated.Errors, StringComparison.Ordinal);
        Assert.Contains("2 of 2 grids copied, ", migrated.Errors, StringComparison.Ordinal);
        Assert.Contains("Nothing was removed from '", migrated.Errors, StringComparison.Ordinal);

        var again = await Succeed("migrate", "--cluster", _cluster.Database);
        Assert.EndsWith("already: there is nothing to copy.", Assert.Single(again.Output.TrimEnd().Split('\n')), StringComparison.Ordinal);

        // The silos never see the files.
        foreach (string images in Directory.GetFiles(_machine.Folder, "*.idx"))
        {
            File.Delete(images);
        }

        await _cluster.Start(1, 2);
        Assert.Equal(0, (await _cluster.Ask("watch", "begun")).ExitCode);
        Assert.Equal(await place.Undisturbed(), RecordedResults.Reproducible(await _cluster.Show("begun")));
        Assert.Equal(ended, (await _cluster.Ask("report", "ended", "--json")).Output);
        Assert.Equal(ended, (await Succeed("report", "ended", "--json")).Output);
    }

    [Fact]
    public async Task AClusterThatRunsGoesOnWithWhatIsMovedToItAlsoUnderTheNameOfADeletedGrid()
    {
        await _cluster.Start(1, "--slots", "0");
        await _cluster.Submit(place.Grid("renewed"));
        Assert.Equal(0, (await _cluster.Ask("cancel", "renewed")).ExitCode);
        Assert.Equal(0, (await _cluster.Ask("delete", "renewed", "--yes")).ExitCode);
        await _cluster.Start(2);
        await Begin("renewed", "epoch 1/", run => run.Interrupt());

        await Succeed("migrate", "--cluster", _cluster.Database);

        await Wait.Until("the cluster knows of it", () => _cluster.Ask("show", "renewed"), shown => shown.ExitCode == 0);
        await _cluster.EndsAsUndisturbed("renewed");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AMigrationThatIsKilledOrInterruptedAndRunAgainEndsRight(bool kill)
    {
        await Succeed("run", _machine.Grid("first", "  - name: it", epochs: 1), "--output", "first");
        await Begin("second", "epoch 1/", run => run.Kill());
        // It makes the tables.
        await (await _cluster.Start(1, "--slots", "0")).Terminate();

        string second = (string)JsonNode.Parse((await Succeed("show", "second", "--json")).Output)!["grid"]!["id"]!;
        await using var held = await HeldRows.Of(_cluster.Database, "checkpoint", $"NEW.experiment_id LIKE '{second}%'");
        await using (var migration = ClientProcess.Start(_machine.Folder, "migrate", "--cluster", _cluster.Database))
        {
            await Wait.Until(
                "the second grid's copy waits",
                () => PrivatePostgres.Execute(_cluster.Database, "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"),
                waiting => waiting is > 0L);
            if (kill) migration.Kill();
            else migration.Interrupt();
            await held.Release();
            var ended = await migration.Finish();
            Assert.True(kill || ended.ExitCode == 130, ended.Output + ended.Errors);
            Assert.Equal(!kill, ended.Output.Contains("The same command goes on with the others.", StringComparison.Ordinal));
        }

        Assert.Equal(1L, await PrivatePostgres.Execute(_cluster.Database, "SELECT COUNT(*) FROM grid"));

        var again = await Succeed("migrate", "--cluster", _cluster.Database);
        Assert.Contains("There already: first.", again.Output, StringComparison.Ordinal);
        Assert.Contains("1 grid copied from '", again.Output, StringComparison.Ordinal);

        await _cluster.Start(1, 2);
        Assert.Equal(0, (await _cluster.Ask("watch", "second")).ExitCode);
        Assert.Equal(await place.Undisturbed(), RecordedResults.Reproducible(await _cluster.Show("second")));
        Assert.Equal((await Succeed("report", "first", "--json")).Output, (await _cluster.Ask("report", "first", "--json")).Output);
    }

    [Fact]
    public async Task DataThatWereSentToALocalRunAreCopiedAndServeGridsWhoseFilesAreGone()
    {
        await using (var run = ClientProcess.Start(_machine.Folder, "run", _machine.Grid("files", "  - name: it", epochs: 100_000), "--slots", "1", "--no-dashboard"))
        {
            await run.Line(line => line.Contains("it: trains", StringComparison.Ordinal));
            await Succeed("submit", _machine.Grid("sent", ClusterPlace.Experiments, Epochs));
            run.Kill();
            await run.Finish();
        }

        foreach (string images in Directory.GetFiles(_machine.Folder, "*.idx"))
        {
            File.Delete(images);
        }

        await Succeed("migrate", "--cluster", _cluster.Database);

        await _cluster.Start(1, 2);
        Assert.Equal(0, (await _cluster.Ask("watch", "sent")).ExitCode);
        Assert.Equal(await place.Undisturbed(), RecordedResults.Reproducible(await _cluster.Show("sent")));
        Assert.Equal(0, (await _cluster.Ask("cancel", "files")).ExitCode);
        Assert.NotEmpty((await _cluster.Show("files"))["experiments"]![0]!["history"]!.AsArray());
    }

    [Fact]
    public async Task WhatStandsInTheWayIsToldAllAtOnceAndNothingIsCopied()
    {
        await _cluster.Start(1, "--slots", "0");
        foreach (string name in (string[])["one", "two", "three"])
        {
            await Begin(name, "submitted", run => run.Interrupt());
        }

        await _cluster.Submit(place.Grid("one"));
        await _cluster.Submit(place.Grid("three"));
        await Refused(2, "The cluster has other grids named one, three: nothing is copied.", "migrate", "--cluster", _cluster.Database);
        Assert.Equal(2L, await PrivatePostgres.Execute(_cluster.Database, "SELECT COUNT(*) FROM grid"));

        string other = await place.Postgres.CreateDatabase();
        await Refused(2, "Dataset halves is 0.002099", "migrate", "--cluster", other, "--data-limit", "0.002");
        File.Move(_machine.PathOf("test-labels.idx"), _machine.PathOf("elsewhere"));
        await Refused(2, "Grid two: ", "migrate", "--cluster", other);
        Assert.Equal(0L, await PrivatePostgres.Execute(other, "SELECT COUNT(*) FROM grid"));

        foreach (string name in (string[])["one", "two", "three"])
        {
            await Succeed("cancel", name);
        }

        var migrated = await Succeed("migrate", "--cluster", other);
        Assert.Contains("Grid two: its data are not in the cluster", migrated.Output, StringComparison.Ordinal);
        Assert.Equal(3L, await PrivatePostgres.Execute(other, "SELECT COUNT(*) FROM grid"));
    }

    [Fact]
    public async Task AStorageInUseADatabaseThatIsNotThereAndNoneAtAllAreRefused()
    {
        await using var run = ClientProcess.Start(_machine.Folder, "run", _machine.Grid("active", "  - name: it", epochs: 100_000));
        await run.Line(line => line.Contains("it: trains", StringComparison.Ordinal));
        await Refused(2, "'run active.yaml' is active on the storage", "migrate", "--cluster", _cluster.Database);
        run.Kill();
        await run.Finish();

        await Refused(3, "Check host and port", "migrate", "--cluster", $"{_cluster.Database};Password=secret;Port=1");
        await Refused(2, "Name the database of the cluster with --cluster", "migrate");
        Assert.Contains("holds no grid", (await Succeed("migrate", "--storage", "empty", "--cluster", _cluster.Database)).Output, StringComparison.Ordinal);
    }

    /// <summary>Runs the four experiments on the machine until a line, and then does something to the run.</summary>
    private async Task Begin(string name, string line, Action<ClientProcess> end)
    {
        await using var run = ClientProcess.Start(_machine.Folder, "run", _machine.Grid(name, ClusterPlace.Experiments, Epochs), "--slots", "2", "--no-dashboard", "--output", name);
        await run.Line(said => said.Contains(line, StringComparison.Ordinal));
        end(run);
        await run.Finish();
    }

    private async Task<ClientResult> Succeed(params string[] arguments)
    {
        var result = await ClientProcess.Run(_machine.Folder, arguments);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        return result;
    }

    private async Task Refused(int exitCode, string why, params string[] arguments)
    {
        var refused = await ClientProcess.Run(_machine.Folder, arguments);
        Assert.True(refused.ExitCode == exitCode, refused.Output + refused.Errors);
        Assert.Contains(why, refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Errors, StringComparison.Ordinal);
    }
}
