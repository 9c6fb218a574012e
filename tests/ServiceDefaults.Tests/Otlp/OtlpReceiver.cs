using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.ServiceDefaults.Tests.Otlp;

/// <summary>Takes what OTLP over HTTP brings, and keeps it.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<TraceExport> _traces = [];
    private readonly ConcurrentQueue<LogsExport> _logs = [];
    private readonly ConcurrentQueue<MetricsExport> _metrics = [];
    private readonly WebApplication _server;

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        _server = builder.Build();
        _server.UseRouting();
        _server.MapPost("/v1/traces", request => Take(request, TraceExport.Parser, _traces));
        _server.MapPost("/v1/logs", request => Take(request, LogsExport.Parser, _logs));
        _server.MapPost("/v1/metrics", request => Take(request, MetricsExport.Parser, _metrics));
    }

    public IEnumerable<ReceivedSpan> Spans =>
        from export in _traces
        from resource in export.ResourceSpans
        from scope in resource.ScopeSpans
        from span in scope.Spans
        select new ReceivedSpan(Text(resource.Resource, "service.name"), scope.Scope.Name, span);

    public IEnumerable<LogRecord> Logs =>
        from export in _logs
        from resource in export.ResourceLogs
        from scope in resource.ScopeLogs
        from record in scope.LogRecords
        select record;

    public IEnumerable<Metric> Metrics =>
        from export in _metrics
        from resource in export.ResourceMetrics
        from scope in resource.ScopeMetrics
        from metric in scope.Metrics
        select metric;

    /// <summary>What sends a process's telemetry here, within a moment.</summary>
    public (string Name, string Value)[] Variables =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _server.Urls.First()),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", "200"),
        ("OTEL_BLRP_SCHEDULE_DELAY", "200"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
    ];

    public static async Task<OtlpReceiver> Start()
    {
        var receiver = new OtlpReceiver();
        await receiver._server.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string Text(Resource resource, string key) => resource.Attributes.Single(attribute => attribute.Key == key).Value.StringValue;

    private static async Task Take<T>(HttpContext context, MessageParser<T> parser, ConcurrentQueue<T> received)
        where T : IMessage<T>
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        body.Position = 0;
        received.Enqueue(parser.ParseFrom(body));
        context.Response.ContentType = "application/x-protobuf";
    }
}
