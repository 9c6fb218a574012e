using System.Collections;
using System.Globalization;
using OpenTelemetry.Trace;

namespace Experiments.ServiceDefaults.Telemetry;

/// <summary>What OpenTelemetry's standard variables ask for; everything else that begins with OTEL_ is the SDK's to read.</summary>
/// <exception cref="TelemetryOptionException">One cannot be used.</exception>
internal sealed class OpenTelemetryVariables
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT", Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string Sampler = "OTEL_TRACES_SAMPLER", SamplerArgument = "OTEL_TRACES_SAMPLER_ARG";

    private OpenTelemetryVariables(IReadOnlyDictionary<string, string?> all)
    {
        All = all;
        IsExporting = Text(Endpoint) is not null && !(bool.TryParse(Text("OTEL_SDK_DISABLED"), out bool disabled) && disabled);
        if (IsExporting)
        {
            Check();
            RootSampler = ReadSampler();
        }
    }

    /// <summary>Those that begin with OTEL_, by name.</summary>
    public IReadOnlyDictionary<string, string?> All { get; }

    private bool IsExporting { get; }

    /// <summary>Where everything is sent; null where nothing is.</summary>
    public Uri? Receiver => IsExporting ? new Uri(Text(Endpoint)!) : null;

    /// <summary>Decides which traces are kept, where nobody has decided before.</summary>
    public Sampler RootSampler { get; } = new AlwaysOnSampler();

    /// <summary>Whether one of the three is sent: TRACES, METRICS or LOGS, none of which OTEL_…_EXPORTER=none keeps back.</summary>
    public bool Sends(string signal) => IsExporting && Text($"OTEL_{signal}_EXPORTER") != "none";

    public static OpenTelemetryVariables Read(IDictionary environment) => new(environment.Cast<DictionaryEntry>()
        .Where(variable => ((string)variable.Key).StartsWith("OTEL_", StringComparison.Ordinal))
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value));

    /// <summary>The SDK itself would pass over what it cannot read, and nothing would ever arrive.</summary>
    private void Check()
    {
        if (!(Uri.TryCreate(Text(Endpoint), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            throw new TelemetryOptionException($"{Endpoint}={Text(Endpoint)}: give the URL of an OTLP receiver, such as http://localhost:4317.");
        }

        if (Text(Protocol) is not (null or "grpc" or "http/protobuf"))
        {
            throw new TelemetryOptionException($"{Protocol}={Text(Protocol)}: give grpc, which is usual on port 4317, or http/protobuf, on 4318.");
        }
    }

    private Sampler ReadSampler() => Text(Sampler) switch
    {
        null or "always_on" or "parentbased_always_on" => new AlwaysOnSampler(),
        "always_off" or "parentbased_always_off" => new AlwaysOffSampler(),
        "traceidratio" or "parentbased_traceidratio" => new TraceIdRatioBasedSampler(ReadRatio()),
        var given => throw new TelemetryOptionException($"{Sampler}={given}: give always_on, always_off or traceidratio, the last with a share from 0 to 1 in {SamplerArgument}."),
    };

    private double ReadRatio() => Text(SamplerArgument) switch
    {
        null => 1,
        var given when double.TryParse(given, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double ratio) && ratio is >= 0 and <= 1 => ratio,
        var given => throw new TelemetryOptionException($"{SamplerArgument}={given}: give the share of traces to keep, from 0 to 1."),
    };

    private string? Text(string key) => All.GetValueOrDefault(key) is { Length: > 0 } text ? text : null;
}
