using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Processes;
using Xunit;

namespace Experiments.ServiceDefaults.Tests;

public sealed partial class MetricTests
{
    [Fact]
    public async Task A_silo_tells_a_Prometheus_of_its_slots_and_its_work()
    {
        await using var cluster = await OperatedCluster.Create();
        var (_, http) = await cluster.StartSilo(sends: false);
        await cluster.Ask("submit", cluster.Place.Grid("measured", "  - name: one\n  - name: two", epochs: 3), "--watch");
        string text = await Scrape(http);

        Assert.Equal(1, Value(text, "experiments_slot_limit"));
        Assert.Equal(0, Value(text, "experiments_slot_usage"));
        Assert.Equal(0, Value(text, "experiments_queue_depth"));
        Assert.Equal(2, Value(text, "experiments_queue_wait_duration_seconds_count"));
        Assert.Equal(6, Value(text, "experiments_epochs_total"));
        // 800 of the 1,000 images are trained on.
        Assert.Equal(6 * 800, Value(text, "experiments_images_total"));
        Assert.Equal(6, Value(text, "experiments_epoch_duration_seconds_count"));
        // Epochs as short as these may share a checkpoint.
        double checkpoints = Value(text, "experiments_checkpoint_duration_seconds_count");
        Assert.InRange(checkpoints, 2, 6);
        Assert.InRange(Value(text, "experiments_checkpoint_io_bytes_total"), checkpoints * 1_000_000, checkpoints * 2_000_000);
        Assert.Equal(2, Value(text, "experiments_attempts_total", """experiments_attempt_outcome="Completed" """));
        Assert.Equal(6, Value(text, "experiments_storage_operation_duration_seconds_count", """db_operation_name="AppendEpoch" """));
        Assert.True(Value(text, "orleans_app_requests_latency_milliseconds_count") > 0 || text.Contains("orleans_app_requests", StringComparison.Ordinal));
        Assert.True(Value(text, "dotnet_process_memory_working_set_bytes") > 0);
    }

    [Fact]
    public async Task What_fails_is_counted_by_its_cause()
    {
        await using var cluster = await OperatedCluster.Create();
        var (_, http) = await cluster.StartSilo(sends: false);
        await ClientProcess.Run(cluster.Place.Folder, "submit", cluster.Place.Grid("diverges", "  - name: wild\n    training: { learningRate: 1e30 }"), "--watch", "--cluster", cluster.Database);
        string text = await Scrape(http);

        Assert.Equal(1, Value(text, "experiments_failures_total", """error_type="Diverged" """));
        Assert.Equal(1, Value(text, "experiments_attempts_total", """experiments_attempt_outcome="Failed" """));
    }

    [Fact]
    public async Task Measurements_go_to_the_receiver_with_their_units()
    {
        await using var cluster = await OperatedCluster.Create();
        await cluster.StartSilo();
        await cluster.Ask("submit", cluster.Place.Grid("sent", "  - name: alone"), "--watch");

        await Wait.Until("all arrive", () => cluster.Receiver.Metrics.Any(metric => metric.Name == "experiments.attempts"));
        var units = cluster.Receiver.Metrics.Where(metric => metric.Name.StartsWith("experiments.", StringComparison.Ordinal)).DistinctBy(metric => metric.Name).ToDictionary(metric => metric.Name, metric => metric.Unit);
        Assert.Equal("s", units["experiments.epoch.duration"]);
        Assert.Equal("By", units["experiments.checkpoint.io"]);
        Assert.Equal("{image}", units["experiments.images"]);
        Assert.All(cluster.Receiver.Metrics.Where(metric => units.ContainsKey(metric.Name)), metric => Assert.NotEmpty(metric.Description));
        Assert.Contains(cluster.Receiver.Metrics, metric => metric.Name.StartsWith("orleans-", StringComparison.Ordinal));
        Assert.Contains(cluster.Receiver.Metrics, metric => metric.Name.StartsWith("dotnet.", StringComparison.Ordinal));
    }

    private static async Task<string> Scrape(Uri silo)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(silo, "/metrics"), TestContext.Current.CancellationToken);
    }

    /// <param name="label">As it stands in the line; null where there is but one line.</param>
    private static double Value(string text, string name, string? label = null)
    {
        string line = Assert.Single(text.Split('\n'), line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is ' ' or '{' && (label is null || line.Contains(label.Trim(), StringComparison.Ordinal)));
        return double.Parse(SampleValue().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^[^{ ]+(?:\{[^}]*\})? ([^ ]+)")]
    private static partial Regex SampleValue();
}
