using System.Globalization;
using Google.Protobuf;

namespace Experiments.ServiceDefaults.Tests.Otlp;

/// <param name="Service">Which kind of process sent it.</param>
/// <param name="Source">What of the process began it.</param>
internal sealed record ReceivedSpan(string Service, string Source, Span Span)
{
    public string Name => Span.Name;

    public string Trace => Hex(Span.TraceId);

    public string Id => Hex(Span.SpanId);

    /// <summary>Id of the span above; empty of a root.</summary>
    public string Parent => Hex(Span.ParentSpanId);

    public TimeSpan Duration => TimeSpan.FromTicks((long)(Span.EndTimeUnixNano - Span.StartTimeUnixNano) / 100);

    /// <summary>The attribute as text; null where there is none.</summary>
    public string? this[string key] => Span.Attributes.FirstOrDefault(attribute => attribute.Key == key)?.Value is { } value ? Text(value) : null;

    public static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    public static string Text(AnyValue value) => value.ValueCase switch
    {
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue.ToString("R", CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue.ToString(),
        _ => value.StringValue,
    };
}
