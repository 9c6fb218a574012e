using System.Net;
using System.Text.Json.Nodes;
using Experiments.Processes;
using Xunit;

namespace Experiments.ServiceDefaults.Tests;

public sealed class HealthTests
{
    [Fact]
    public async Task A_silo_is_ready_until_its_database_is_gone_and_again_when_it_is_back()
    {
        await using var cluster = await OperatedCluster.Create();
        var (_, http) = await cluster.StartSilo(sends: false);
        using var client = new HttpClient { BaseAddress = http };
        await Wait.Until("it is ready", async () => (await Ask(client, "ready")).Status == HttpStatusCode.OK);
        var (_, ready) = await Ask(client, "ready");
        Assert.Equal(["database", "dataset", "membership", "slots"], ready["checks"]!.AsObject().Select(check => check.Key).Order());
        Assert.Equal("0 of 1 train.", ready["checks"]!["slots"]!["reason"]!.GetValue<string>());

        await cluster.Postgres.Kill();
        var (status, broken) = await Ask(client, "ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("on 127.0.0.1:", broken["checks"]!["database"]!["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Ask(client, "live")).Status);

        await cluster.Postgres.Restart();
        await Wait.Until("it is ready again", async () => (await Ask(client, "ready")).Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_silo_that_is_to_stop_answers_that_it_lives_and_takes_no_work_until_it_has_stopped()
    {
        await using var cluster = await OperatedCluster.Create();
        var (silo, http) = await cluster.StartSilo(sends: false);
        using var client = new HttpClient { BaseAddress = http };
        await Wait.Until("it is ready", async () => (await Ask(client, "ready")).Status == HttpStatusCode.OK);

        var ended = silo.Terminate();
        List<HttpStatusCode> answers = [];
        while (!ended.IsCompleted)
        {
            try
            {
                answers.Add((await Ask(client, "ready")).Status);
            }
            catch (HttpRequestException)
            {
                break;
            }
        }

        Assert.Equal(0, await ended);
        Assert.Contains(HttpStatusCode.ServiceUnavailable, answers);
        Assert.DoesNotContain(HttpStatusCode.OK, answers.SkipWhile(answer => answer == HttpStatusCode.OK));
    }

    [Fact]
    public async Task A_silo_whose_data_folder_lacks_the_dataset_is_ready_and_says_what_wants_mending()
    {
        await using var cluster = await OperatedCluster.Create();
        var (_, http) = await cluster.StartSilo(sends: false, ("EXPERIMENTS_DATA", "/nowhere"));
        using var client = new HttpClient { BaseAddress = http };
        await Wait.Until("it is ready", async () => (await Ask(client, "ready")).Status == HttpStatusCode.OK);

        var (_, answer) = await Ask(client, "ready");
        Assert.Equal("Degraded", answer["status"]!.GetValue<string>());
        Assert.Equal("/nowhere: no such folder; name the one that holds fashion-mnist.", answer["checks"]!["dataset"]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_dashboard_is_ready_once_a_silo_answers_and_tells_strangers_no_more_than_that()
    {
        await using var cluster = await OperatedCluster.Create();
        await using var dashboard = await DashboardProcess.Start(cluster.Database, key: new string('k', 64));
        using var stranger = new HttpClient { BaseAddress = dashboard.Client.BaseAddress };
        stranger.DefaultRequestHeaders.Host = "10.0.0.7";
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Ask(stranger, "ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Ask(stranger, "live")).Status);

        await cluster.StartSilo(sends: false);
        await Wait.Until("it is ready", async () => (await Ask(stranger, "ready")).Status == HttpStatusCode.OK);
        Assert.Equal("""{"status":"Healthy","checks":{"cluster":{"status":"Healthy","reason":null}}}""", (await Ask(stranger, "ready")).Answer.ToJsonString());
        stranger.DefaultRequestHeaders.Host = null;
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> Ask(HttpClient client, string about)
    {
        using var answer = await client.GetAsync(new Uri($"/health/{about}", UriKind.Relative), TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }
}
