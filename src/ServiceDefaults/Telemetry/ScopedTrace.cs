using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Experiments.ServiceDefaults.Telemetry;

/// <summary>Gives a record the trace that its scope names, where it was written beside every span: of an experiment's trainings, most are.</summary>
internal sealed class ScopedTrace : BaseProcessor<LogRecord>
{
    /// <summary>Key in the scope; its value has the form of W3C's traceparent.</summary>
    private const string Key = "traceparent";

    public override void OnEnd(LogRecord data) => data.ForEachScope(TakeTrace, data);

    private static void TakeTrace(LogRecordScope scope, LogRecord record)
    {
        foreach (var (key, value) in scope)
        {
            if (key == Key && value is string text && ActivityContext.TryParse(text, traceState: null, out var trace))
            {
                (record.TraceId, record.SpanId, record.TraceFlags) = (trace.TraceId, trace.SpanId, trace.TraceFlags);
            }
        }
    }
}
