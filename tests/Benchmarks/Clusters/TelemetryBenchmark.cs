using System.Globalization;
using Experiments.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Benchmarks.Clusters;

/// <summary>
/// A silo that sends all its traces, metrics and logs, and whose metrics are asked for besides, against one that does neither. The receiver
/// only reads what it is sent; it shares the cores with the silo.
/// </summary>
internal static class TelemetryBenchmark
{
    private const double Bar = 0.99;

    private static readonly TimeSpan ScrapeInterval = TimeSpan.FromSeconds(15);

    public static async Task<int> Run(string[] args)
    {
        int pairs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 15;
        long received = 0;
        await using var receiver = await StartReceiver(bytes => Interlocked.Add(ref received, bytes));
        string http = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        await using var silent = await BenchedCluster.Start(Environment.ProcessorCount);
        await using var telling = await BenchedCluster.Start(
            [("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Urls.First()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("EXPERIMENTS_HTTP_PORT", http)], Environment.ProcessorCount);
        using var ended = new CancellationTokenSource();
        var scraping = Scrape(new Uri($"http://127.0.0.1:{http}/metrics"), ended.Token);
        await EpochOnEachCore.Measure(silent, "warm-up");
        await EpochOnEachCore.Measure(telling, "warm-up");
        List<double> ratios = [];
        for (int pair = 1; pair <= pairs; pair++)
        {
            string grid = string.Create(CultureInfo.InvariantCulture, $"pair-{pair}");
            double without, with;
            // The first of a pair in turn, so that neither gains from a machine that grows faster or slower.
            if (pair % 2 == 1)
            {
                without = await EpochOnEachCore.Measure(silent, grid);
                with = await EpochOnEachCore.Measure(telling, grid);
            }
            else
            {
                with = await EpochOnEachCore.Measure(telling, grid);
                without = await EpochOnEachCore.Measure(silent, grid);
            }

            ratios.Add(with / without);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pair}: {without:N0} images/s without, {with:N0} with, {with / without:F3} times"));
        }

        await ended.CancelAsync();
        int scrapes = await scraping;
        ratios.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"median {(ratios[(pairs - 1) / 2] + ratios[pairs / 2]) / 2:F3} times (bar {Bar:F2}), from {ratios[0]:F3} to {ratios[^1]:F3}; {received / 1e3:N0} kB were sent, {scrapes} times it was asked"));
        return 0;
    }

    /// <returns>How often it was answered.</returns>
    private static async Task<int> Scrape(Uri metrics, CancellationToken stop)
    {
        using var client = new HttpClient();
        for (int scrapes = 0; ; scrapes++)
        {
            if ((await client.GetStringAsync(metrics, CancellationToken.None)).Length == 0) throw new InvalidOperationException("The silo tells of nothing.");
            await Task.Delay(ScrapeInterval, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested) return scrapes + 1;
        }
    }

    private static async Task<WebApplication> StartReceiver(Action<long> receive)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        var receiver = builder.Build();
        receiver.UseRouting();
        receiver.MapPost("/v1/{signal}", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            receive(body.Length);
            context.Response.ContentType = "application/x-protobuf";
        });
        await receiver.StartAsync();
        return receiver;
    }
}
