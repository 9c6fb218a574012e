using System.Text.Json;
using Experiments.Dashboard.Tests.Browsing;
using Experiments.Dashboard.Tests.Pages;
using Experiments.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests.Charts;

/// <summary>
/// One chart on a page, under the content security policy of the dashboard's pages, with the dashboard's own files and values written as the
/// dashboard writes them.
/// </summary>
internal sealed class ChartPage : IAsyncDisposable
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data: blob:";

    private const string Html = """
        <!doctype html><html lang="en" data-theme="light"><title>A chart</title><link rel="icon" href="data:,">
        <style>[data-theme="dark"] { background: #161b22; }</style>
        <link rel="stylesheet" href="/charts/charts.css"><script type="module" src="/charts/experiment-chart.js"></script><body></body></html>
        """;

    private readonly WebApplication _host;
    private readonly BrowserPage _browser;

    private ChartPage(WebApplication host, BrowserPage browser, Func<HttpRequest, object?> values) => (_host, _browser, Values) = (host, browser, values);

    /// <summary>What is answered to who asks for the chart's values; null for an error.</summary>
    public Func<HttpRequest, object?> Values { get; set; }

    public IPage Page => _browser.Page;

    public IReadOnlyCollection<string> Errors => _browser.Errors;

    public ILocator Drawing => Find(".chart-drawing");

    public static async Task<ChartPage> Open(
        Chromium chromium, string kind, Func<HttpRequest, object?> values, object? options = null, int width = 1_200, string heading = "A chart")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Experiments.Dashboard" });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").UseStaticWebAssets();
        builder.Services.AddRouting();
        var host = builder.Build();
        var page = new ChartPage(host, await chromium.NewPage(width), values);
        host.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            return next(context);
        });
        host.UseStaticFiles();
        host.MapGet("/", () => Results.Content(Html, "text/html"));
        host.MapGet("/values", (HttpRequest request) => page.Values(request) is { } value
            ? Results.Text(JsonSerializer.Serialize(value, value.GetType(), ResultsJson.Options), "application/json")
            : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        await host.StartAsync(TestContext.Current.CancellationToken);

        await page.Page.GotoAsync(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await page.Add(kind, options ?? new { }, heading);
        return page;
    }

    /// <summary>Another chart of the same values.</summary>
    public Task Add(string kind, object options, string heading) => Page.EvaluateAsync(
        """
        ([kind, options, heading]) => {
            const chart = document.createElement('experiment-chart');
            for (const [name, value] of Object.entries({ kind, src: '/values', version: '1', options, heading, link: 'all' })) chart.setAttribute(name, value);
            globalThis.events ??= [];
            for (const name of ['chart-select', 'chart-cell', 'chart-hover', 'chart-hidden']) chart.addEventListener(name, e => events.push([name, e.detail]));
            document.body.append(chart);
        }
        """,
        new[] { kind, JsonSerializer.Serialize(options, ResultsJson.Options), heading });

    public Task IsAccessible() => _browser.IsAccessible();

    public ILocator Find(string selector) => _browser.Find(selector);

    public Task<T> Evaluate<T>(string expression) => _browser.Evaluate<T>(expression);

    public Task Until(string expression) => _browser.Until(expression);

    /// <summary>Waits until there is a drawing with something on it.</summary>
    public async Task<ChartPage> Drawn()
    {
        await Until("() => [...document.querySelectorAll('canvas')].some(canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(byte => byte > 0))");
        return this;
    }

    /// <summary>What ECharts was given, as an expression of <c>option</c>.</summary>
    public Task<T> Option<T>(string expression) =>
        Evaluate<T>($"() => (option => {expression})(echarts.getInstanceByDom(document.querySelector('.chart-drawing')).getOption())");

    public Task Set(string attribute, string value) => Find("experiment-chart").First.EvaluateAsync("(chart, [name, value]) => chart.setAttribute(name, value)", new[] { attribute, value });

    /// <summary>Details of the events so far, as JSON.</summary>
    public Task<string[]> Events(string name) => Evaluate<string[]>($"() => events.filter(e => e[0] === '{name}').map(e => JSON.stringify(e[1]))");

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _host.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
    }
}
