using System.Globalization;
using System.Text.Json.Nodes;
using Experiments.ServiceDefaults.Tests.Otlp;
using Xunit;

namespace Experiments.ServiceDefaults.Tests;

public sealed class TraceTests
{
    private const string Three = "  - name: baseline\n  - name: dropout\n    dropout: 0.3\n  - name: other\n    training: { seed: 7 }";

    [Fact]
    public async Task An_experiment_is_one_trace_from_the_submit_to_the_evaluation_and_every_span_of_it_has_its_parent()
    {
        await using var cluster = await OperatedCluster.Create();
        await cluster.StartSilo();
        await cluster.Ask("submit", cluster.Place.Grid("traced", Three, epochs: 3), "--watch");
        var shown = JsonNode.Parse(await cluster.Ask("show", "traced", "--json"))!["experiments"]!.AsArray();
        var spans = await Complete(cluster.Receiver, experiments: 3);

        var submit = Assert.Single(spans, span => span.Name == "submit");
        foreach (var experiment in shown)
        {
            string name = experiment!["name"]!.GetValue<string>();
            var root = Assert.Single(spans, span => span.Name == "experiment" && span["experiments.experiment.name"] == name);
            Assert.Equal(experiment["traceId"]!.GetValue<string>(), root.Trace);
            Assert.Empty(root.Parent);
            Assert.Equal(submit.Trace, ReceivedSpan.Hex(Assert.Single(root.Span.Links).TraceId));

            var trace = spans.Where(span => span.Trace == root.Trace).ToList();
            Assert.All(trace.Where(span => span != root), span => Assert.Contains(trace, above => above.Id == span.Parent));
            Assert.Equal(
                ["checkpoint", "dataset", "epoch", "evaluation", "experiment", "lease", "queue", "restore", "train"],
                trace.Where(span => span.Source == "Experiments.Grains").Select(span => span.Name).Distinct().Order());
            Assert.Contains(trace, span => span is { Source: "Microsoft.Orleans.Application", Name: "IExperimentGrain/CommitEpoch" });
            Assert.Contains(trace, span => span.Source == "Microsoft.Orleans.Storage");
            Assert.Equal("Completed", trace.Single(span => span.Name == "train")["experiments.attempt.outcome"]);
            AssertEpochs(experiment["history"]!.AsArray(), trace);
        }
    }

    [Fact]
    public async Task The_trace_goes_on_after_the_death_of_a_silo()
    {
        await using var cluster = await OperatedCluster.Create();
        var (first, _) = await cluster.StartSilo();
        await cluster.Ask("submit", cluster.Place.Grid("moved", "  - name: alone", epochs: 60));
        await Wait.Until("epochs arrive", () => cluster.Receiver.Spans.Count(span => span.Name == "epoch") >= 3);
        await first.Kill();

        await cluster.StartSilo();
        await cluster.Ask("watch", "moved");
        var spans = await Complete(cluster.Receiver, experiments: 1);

        var root = Assert.Single(spans, span => span.Name == "experiment");
        var trace = spans.Where(span => span.Trace == root.Trace).ToList();
        var leases = trace.Where(span => span.Name == "lease").ToList();
        Assert.Equal(2, leases.Count);
        Assert.Equal(2, leases.Select(lease => lease["experiments.silo"]).Distinct().Count());
        Assert.Equal(2, trace.Count(span => span.Name == "queue"));
        Assert.Equal(["SiloLost", "Completed"], trace.Where(span => span.Name == "train").OrderBy(span => span.Span.StartTimeUnixNano).Select(span => span["experiments.attempt.outcome"]));
        Assert.All(leases, lease => Assert.Contains(trace, span => span.Name == "epoch" && span.Parent == lease.Id));
        Assert.DoesNotContain(spans, span => span.Name == "epoch" && span.Trace != root.Trace);
    }

    [Fact]
    public async Task Fifty_epochs_are_fewer_than_a_thousand_spans()
    {
        await using var cluster = await OperatedCluster.Create();
        await cluster.StartSilo();
        await cluster.Ask("submit", cluster.Place.Grid("fifty", "  - name: alone", epochs: 50), "--watch");
        var spans = await Complete(cluster.Receiver, experiments: 1);

        var root = Assert.Single(spans, span => span.Name == "experiment");
        var trace = spans.Where(span => span.Trace == root.Trace).ToList();
        Assert.Equal(50, trace.Count(span => span.Name == "epoch"));
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{trace.Count} spans."));
        Assert.InRange(trace.Count, 50, 999);
    }

    [Fact]
    public async Task What_is_no_work_begins_no_trace()
    {
        await using var cluster = await OperatedCluster.Create();
        await cluster.StartSilo();
        await cluster.Ask("submit", cluster.Place.Grid("quiet", "  - name: alone"), "--watch");
        await cluster.Ask("list");
        var spans = await Complete(cluster.Receiver, experiments: 1);

        Assert.Equal(["experiment", "submit"], spans.Where(span => span.Parent.Length == 0).Select(span => span.Name).Order());
    }

    [Fact]
    public async Task A_sampler_of_none_sends_no_span_but_measurements_and_logs()
    {
        await using var cluster = await OperatedCluster.Create();
        await cluster.StartSilo(sends: true, ("OTEL_TRACES_SAMPLER", "traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "0"));
        await cluster.Ask("submit", cluster.Place.Grid("unsampled", "  - name: alone"), "--watch");
        await Wait.Until("logs and metrics arrive", () => cluster.Receiver.Logs.Any() && cluster.Receiver.Metrics.Any(metric => metric.Name == "experiments.epochs"));

        // Only the client's, whose sampler keeps all.
        Assert.DoesNotContain(cluster.Receiver.Spans, span => span.Source == "Experiments.Grains");
        Assert.DoesNotContain("traceId", await cluster.Ask("show", "unsampled/alone", "--json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_endpoint_there_is_no_trace()
    {
        await using var cluster = await OperatedCluster.Create();
        await cluster.StartSilo(sends: false);
        await cluster.Ask("submit", cluster.Place.Grid("untold", "  - name: alone"), "--watch");

        Assert.DoesNotContain("traceId", await cluster.Ask("show", "untold/alone", "--json"), StringComparison.Ordinal);
        Assert.DoesNotContain(cluster.Receiver.Spans, span => span.Service == "experiments-silo");
        Assert.Empty(cluster.Receiver.Logs);
    }

    /// <summary>All spans, once those with which each experiment ends are there.</summary>
    private static async Task<IReadOnlyList<ReceivedSpan>> Complete(OtlpReceiver receiver, int experiments)
    {
        await Wait.Until("each experiment's last spans arrive", () =>
            receiver.Spans.Count(span => span.Name == "train" && span["experiments.attempt.outcome"] == "Completed") == experiments
            && receiver.Spans.Count(span => span.Name == "evaluation") == experiments
            && receiver.Spans.Any(span => span.Name == "submit"));
        return [.. receiver.Spans];
    }

    private static void AssertEpochs(JsonArray history, List<ReceivedSpan> trace)
    {
        var epochs = trace.Where(span => span.Name == "epoch").OrderBy(span => span.Span.StartTimeUnixNano).ToList();
        Assert.Equal(history.Count, epochs.Count);
        foreach (var (row, span) in history.Zip(epochs))
        {
            Assert.Equal(row!["epoch"]!.ToString(), span["experiments.epoch"]);
            foreach (var (column, attribute) in new[]
                {
                    ("trainLoss", "experiments.train.loss"), ("trainAccuracy", "experiments.train.accuracy"),
                    ("validationLoss", "experiments.validation.loss"), ("validationAccuracy", "experiments.validation.accuracy"),
                })
            {
                Assert.Equal(row[column]!.GetValue<double>(), double.Parse(span[attribute]!, CultureInfo.InvariantCulture));
            }

            // 800 of the 1,000 images are trained on.
            Assert.Equal(800 / row["seconds"]!.GetValue<double>(), double.Parse(span["experiments.images_per_second"]!, CultureInfo.InvariantCulture), tolerance: 1e-6);
            Assert.True(span.Duration.TotalSeconds >= row["seconds"]!.GetValue<double>());
        }

        // Epochs as short as these may share the checkpoint of the last of them.
        var closed = epochs.Where(span => trace.Exists(stored => stored.Name == "checkpoint" && stored.Parent == span.Id)).ToList();
        Assert.Equal(epochs[^1], closed[^1]);
        Assert.All(closed, span =>
        {
            var checkpoint = Assert.Single(trace, stored => stored.Name == "checkpoint" && stored.Parent == span.Id);
            Assert.Equal(checkpoint["experiments.checkpoint.bytes"], span["experiments.checkpoint.bytes"]);
            Assert.InRange(int.Parse(span["experiments.checkpoint.bytes"]!, CultureInfo.InvariantCulture), 1_000_000, 2_000_000);
        });
    }
}
