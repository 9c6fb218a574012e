using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Experiments.Cluster.Tests.History;
using Experiments.Processes;
using Xunit;

namespace Experiments.Cluster.Tests;

/// <summary>A cluster whose silos are replaced one after the other by those of another installation, while it trains.</summary>
public sealed class UpgradeTests(ClusterPlace place, ITestOutputHelper log) : IAsyncLifetime
{
    private const int Silos = 3;

    private TestedCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await TestedCluster.Create(place, log);

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task ARollingUpgradeHandsOverWithoutLosingFailingOrTrainingAnythingTwiceWhileClientsWatch()
    {
        _cluster.Programs = await Install("old");
        await _cluster.Start(Enumerable.Range(1, Silos));
        // A single attempt that counted would fail its experiment.
        await using var submit = _cluster.StartClient("submit", Grid(1), "--watch");
        await Task.WhenAll(_cluster.Submit(Grid(2)), _cluster.Submit(Grid(3)));
        await using var watch = _cluster.StartClient("watch", Name(2));

        _cluster.Programs = await Install("new");
        for (int number = 1; number <= Silos; number++)
        {
            await Replace(number);
            // The next one is to have something to hand over too.
            await _cluster.Submit(Grid(Silos + number));
        }

        await _cluster.EndsAsUndisturbed(Enumerable.Range(1, 2 * Silos).Select(Name));
        foreach (var client in new[] { submit, watch })
        {
            var watched = await client.Finish();
            Assert.True(watched.ExitCode == 0, watched.Output + watched.Errors);
        }

        var events = await AuditTrail.Read(_cluster.Database);
        Assert.Empty(events.TrainedAgain());
        Assert.Contains(events.Rows(), row => row.Lease > 1);

        string Grid(int number) => place.Grid(Name(number), maxAttempts: 1);

        static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"rolled-{number}");
    }

    private async Task Replace(int number)
    {
        var handedOver = On(await _cluster.Until($"silo {number} trains", events => On(events, number).Any()), number).First();
        var (asked, clock) = (DateTimeOffset.UtcNow, Stopwatch.StartNew());

        Assert.Equal(0, await _cluster.Silos[number].Terminate());
        var ended = clock.Elapsed;
        await _cluster.Start(number);
        var replaced = clock.Elapsed;

        var events = await _cluster.Until("what it trained goes on", events => After(events).Any(row => row.Status is ExperimentStatus.Running or ExperimentStatus.Completed));
        var goesOn = After(events).First(row => row.Status is ExperimentStatus.Running or ExperimentStatus.Completed);
        log.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Silo {number}: ended {ended.TotalSeconds:F1} s after SIGTERM, the new one was up after {replaced.TotalSeconds:F1} s; {handedOver.Name} went on after {(goesOn.At - asked).TotalSeconds:F1} s on silo {TestedCluster.SiloOf(goesOn)}."));

        IEnumerable<HistoryEvent.RowWritten> After(ImmutableArray<HistoryEvent> events) =>
            events.OfType<HistoryEvent.RowWritten>().Where(row => row.ExperimentId == handedOver.ExperimentId && row.At > asked);
    }

    private static IEnumerable<HistoryEvent.RowWritten> On(ImmutableArray<HistoryEvent> events, int silo) => events.Running().Where(row => TestedCluster.SiloOf(row) == silo);

    /// <returns>The folder.</returns>
    private async Task<string> Install(string version)
    {
        string folder = Path.Combine(place.Folder, version);
        // As links where the file system is the same, which spares half a gigabyte.
        using var copy = Process.Start("sh", ["-c", "cp -rl \"$1\" \"$2\" 2> /dev/null || { rm -rf \"$2\"; cp -r \"$1\" \"$2\"; }", "sh", Launch.Here.Programs, folder]);
        await copy.WaitForExitAsync();
        Assert.Equal(0, copy.ExitCode);
        return folder;
    }
}
