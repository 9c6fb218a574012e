using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Experiments.Processes;
using Xunit;

namespace Experiments.ServiceDefaults.Tests.Alerts;

public sealed partial class AlertTests
{
    private const string Key = "a-key-that-only-this-Prometheus-knows-0123456789";

    private static readonly string Telemetry = Path.Combine(AppContext.BaseDirectory, "telemetry");

    [Fact]
    public async Task Each_rule_fires_for_what_it_is_for_and_none_while_all_is_well()
    {
        PrometheusProcess.SkipIfMissing();

        Assert.Contains("SUCCESS", await PrometheusProcess.Promtool(Telemetry, "check", "rules", "alerts.yml"), StringComparison.Ordinal);
        Assert.Contains("SUCCESS", await PrometheusProcess.Promtool(Telemetry, "test", "rules", "alerts.test.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_rule_is_tested()
    {
        string tests = await File.ReadAllTextAsync(Path.Combine(Telemetry, "alerts.test.yml"), TestContext.Current.CancellationToken);

        Assert.All(await Rules(), rule => Assert.Contains($"alertname=\"{rule}\"", tests, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Prometheus_evaluates_every_rule_and_panel_on_what_a_silo_and_a_dashboard_tell_and_sees_the_silo_go()
    {
        PrometheusProcess.SkipIfMissing();
        await using var cluster = await OperatedCluster.Create();
        var (silo, http) = await cluster.StartSilo(sends: false);
        await using var dashboard = await DashboardProcess.Start(cluster.Database, Key);
        await cluster.Ask("submit", cluster.Place.Grid("watched", "  - name: alone"), "--watch");
        await ClientProcess.Run(cluster.Place.Folder, "submit", cluster.Place.Grid("diverges", "  - name: wild\n    training: { learningRate: 1e30 }"), "--watch", "--cluster", cluster.Database);

        await using var prometheus = await PrometheusProcess.Start(
            await Configuration(http, dashboard.Client.BaseAddress!), ("read_key", Key), ("alerts.yml", await File.ReadAllTextAsync(Path.Combine(Telemetry, "alerts.yml"), TestContext.Current.CancellationToken)));
        await Wait.Until("both are asked", async () => await prometheus.Query("up == 1") is { Count: 2 });
        await Wait.Until("every rule is evaluated", async () => (await Evaluated(prometheus)).All(rule => rule["health"]!.GetValue<string>() == "ok"));

        var rules = await Evaluated(prometheus);
        Assert.Equal((await Rules()).Order(), rules.Select(rule => rule["name"]!.GetValue<string>()).Order());
        Assert.DoesNotContain(rules, rule => rule["state"]!.GetValue<string>() == "firing" && rule["name"]!.GetValue<string>() != "ExperimentsFail");
        foreach (string expression in rules.Select(rule => rule["query"]!.GetValue<string>()).Concat(await Panels()))
        {
            await prometheus.Query(expression);
            foreach (string metric in Metrics().Matches(expression).Select(match => match.Value).Distinct())
            {
                Assert.True(await prometheus.Query($"count({metric})") is { Count: 1 }, $"There is no {metric}, which is asked for in {expression}");
            }
        }

        await silo.Kill();
        await Wait.Until("the silo is missed", async () => (await Evaluated(prometheus)).Single(rule => rule["name"]!.GetValue<string>() == "SiloDown")["state"]!.GetValue<string>() == "pending");
    }

    /// <summary>Names of all rules, as they are written.</summary>
    private static async Task<List<string>> Rules() =>
        [.. AlertName().Matches(await File.ReadAllTextAsync(Path.Combine(Telemetry, "alerts.yml"), TestContext.Current.CancellationToken)).Select(match => match.Groups[1].Value)];

    /// <summary>The expressions of the board, with Grafana's variables filled in.</summary>
    private static async Task<List<string>> Panels()
    {
        var board = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Telemetry, "grafana", "dashboards", "experiments.json"), TestContext.Current.CancellationToken))!;
        return
        [
            .. from panel in board["panels"]!.AsArray()
               where panel!["targets"] is not null
               from target in panel["targets"]!.AsArray()
               select target!["expr"]!.GetValue<string>()
                   .Replace("$silo", ".*", StringComparison.Ordinal)
                   .Replace("$__rate_interval", "10s", StringComparison.Ordinal)
                   .Replace("$__range", "1m", StringComparison.Ordinal),
        ];
    }

    /// <summary>The configuration as it is shipped, but for where silo and dashboard are and for how long it waits.</summary>
    private static async Task<string> Configuration(Uri silo, Uri dashboard)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(Telemetry, "prometheus.yml"), TestContext.Current.CancellationToken);
        foreach (var (shipped, here) in new[]
            {
                ("dns_sd_configs: [{ names: [silo], type: A, port: 8081 }]", $"static_configs: [{{ targets: [\"{silo.Authority}\"] }}]"),
                ("dashboard:5080", dashboard.Authority),
                ("/run/secrets/read_key", "read_key"),
                ("scrape_interval: 15s", "scrape_interval: 1s"),
                ("evaluation_interval: 15s", "evaluation_interval: 1s"),
            })
        {
            Assert.Contains(shipped, text, StringComparison.Ordinal);
            text = text.Replace(shipped, here, StringComparison.Ordinal);
        }

        return text;
    }

    private static async Task<List<JsonNode>> Evaluated(PrometheusProcess prometheus) =>
        [.. (await prometheus.Ask("/api/v1/rules"))["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!)];

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex AlertName();

    /// <summary>Of our names and the runtimes' all are metrics but one, which is a label.</summary>
    [GeneratedRegex(@"\b(?:target_info|(?:experiments|orleans|dotnet)_(?!attempt_outcome)\w+)")]
    private static partial Regex Metrics();
}
