using System.Text.Json.Serialization;

namespace Experiments;

/// <summary>When a training ends before its last epoch, and with which weights.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.EarlyStopping")]
public sealed record EarlyStopping
{
    /// <summary>Ends after so many epochs in a row without a new best one, 1 to 100,000; 0 never ends early.</summary>
    [Id(0)] public int Patience { get; init; }

    /// <summary>What makes an epoch the best one, whose weights are kept beside the last: also where nothing ends early.</summary>
    [Id(1)] public MonitoredMetric Monitor { get; init; } = MonitoredMetric.ValidationLoss;

    /// <summary>Whether the result is that of the best epoch's weights, not the last one's; also of a training that ran to its last epoch.</summary>
    [Id(2)] public bool RestoreBest { get; init; }
}

[GenerateSerializer, Alias("Experiments.MonitoredMetric")]
[JsonConverter(typeof(WordConverter<MonitoredMetric>))]
public enum MonitoredMetric
{
    /// <summary>The lowest is best, the first where several are equal.</summary>
    ValidationLoss = 0,

    /// <summary>The highest is best, the first where several are equal.</summary>
    ValidationAccuracy = 1,
}
