using System.Net;
using System.Text;
using Experiments.Processes;
using Xunit;

namespace Experiments.ServiceDefaults.Tests;

public sealed class RequestTests
{
    [Fact]
    public async Task A_request_to_the_dashboard_and_the_grains_work_for_it_are_one_trace()
    {
        await using var cluster = await OperatedCluster.Create();
        await cluster.StartSilo();
        await cluster.Ask("submit", cluster.Place.Grid("asked", "  - name: alone"), "--watch");
        await using var dashboard = await DashboardProcess.Start(cluster.Database, key: null, cluster.Receiver.Variables);
        await Wait.Until("it has joined", async () => (await dashboard.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.OK);

        using var note = new StringContent("""{"tags":["night"],"note":""}""", Encoding.UTF8, "application/json");
        using var answer = await dashboard.Client.PutAsync(new Uri("/api/grids/asked/annotation", UriKind.Relative), note, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        await Wait.Until("its spans arrive", () => cluster.Receiver.Spans.Any(span => span is { Service: "experiments-silo", Name: "IGridGrain/Annotate" }) && cluster.Receiver.Spans.Any(span => span is { Service: "experiments-dashboard", Span.ParentSpanId.IsEmpty: true, Span.Kind: 2 } && span.Name.StartsWith("PUT", StringComparison.Ordinal)));
        var request = Assert.Single(cluster.Receiver.Spans, span => span.Service == "experiments-dashboard" && span.Name.StartsWith("PUT", StringComparison.Ordinal));
        Assert.Equal(request.Trace, cluster.Receiver.Spans.First(span => span is { Service: "experiments-silo", Name: "IGridGrain/Annotate" }).Trace);
        Assert.DoesNotContain(cluster.Receiver.Spans, span => span.Name.Contains("/health", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_experiments_page_leads_to_its_trace()
    {
        await using var cluster = await OperatedCluster.Create();
        await cluster.StartSilo();
        await cluster.Ask("submit", cluster.Place.Grid("linked", "  - name: alone"), "--watch");
        await using var dashboard = await DashboardProcess.Start(cluster.Database, key: null, ("EXPERIMENTS_TRACES", "http://jaeger.example/trace/{id}"));
        await Wait.Until("it has joined", async () => (await dashboard.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.OK);

        string page = await dashboard.Client.GetStringAsync(new Uri("/grids/linked/experiments/alone", UriKind.Relative), TestContext.Current.CancellationToken);

        await Wait.Until("the trace arrives", () => cluster.Receiver.Spans.Any(span => span.Name == "experiment"));
        string trace = cluster.Receiver.Spans.First(span => span.Name == "experiment").Trace;
        Assert.Contains($"href=\"http://jaeger.example/trace/{trace}\"", page, StringComparison.Ordinal);
    }
}
