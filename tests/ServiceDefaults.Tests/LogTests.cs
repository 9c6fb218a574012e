using Experiments.ServiceDefaults.Tests.Otlp;
using Xunit;

namespace Experiments.ServiceDefaults.Tests;

public sealed class LogTests
{
    [Fact]
    public async Task A_record_of_an_experiment_names_it_its_grid_its_lease_its_silo_and_its_trace()
    {
        await using var cluster = await OperatedCluster.Create();
        await cluster.StartSilo();
        await cluster.Ask("submit", cluster.Place.Grid("logged", "  - name: alone"), "--watch");
        await Wait.Until("the records arrive", () => cluster.Receiver.Logs.Any(record => record.Body.StringValue.Contains("trains no more", StringComparison.Ordinal)));
        await Wait.Until("the spans arrive", () => cluster.Receiver.Spans.Any(span => span.Name == "lease"));

        var begins = Assert.Single(cluster.Receiver.Logs, record => record.Body.StringValue.Contains("trains under lease 1", StringComparison.Ordinal));
        var lease = Assert.Single(cluster.Receiver.Spans, span => span.Name == "lease");
        var attributes = begins.Attributes.ToDictionary(attribute => attribute.Key, attribute => ReceivedSpan.Text(attribute.Value));
        foreach (string key in new[] { "experiments.experiment.id", "experiments.experiment.name", "experiments.grid.name", "experiments.lease", "experiments.silo" })
        {
            Assert.Equal(lease[key], attributes[key]);
        }

        Assert.Equal(lease.Trace, ReceivedSpan.Hex(begins.TraceId));
        Assert.Equal(lease.Id, ReceivedSpan.Hex(begins.SpanId));
        Assert.All(cluster.Receiver.Logs.Where(record => record.Body.StringValue.StartsWith("Experiment ", StringComparison.Ordinal)), record => Assert.Equal(begins.TraceId, record.TraceId));
    }
}
