using System.Collections.Immutable;
using System.Globalization;

namespace Experiments.Reports;

/// <summary>The numbers of an experiment that a filter can compare.</summary>
public static class FilterNumbers
{
    private static readonly ImmutableArray<(string Name, Func<ExperimentSnapshot, double?> Value)> Results =
    [
        ("testAccuracy", experiment => experiment.Test?.Accuracy),
        ("bestValidationLoss", experiment => experiment.Best?.ValidationLoss),
        ("validationAccuracy", experiment => experiment.History.IsEmpty ? null : experiment.History[^1].ValidationAccuracy),
        ("epochs", experiment => experiment.History.Length),
        ("seconds", experiment => experiment.History.Sum(epoch => epoch.Seconds)),
    ];

    /// <summary>
    /// <c>testAccuracy</c>, <c>bestValidationLoss</c> in nats, <c>validationAccuracy</c> after the last epoch trained, <c>epochs</c> trained
    /// so far and their <c>seconds</c> of training, then every key of the configuration, such as <c>dropout.dense</c>.
    /// </summary>
    public static ImmutableArray<string> Names { get; } =
        [.. Results.Select(result => result.Name), .. ConfigValues.Of(new ExperimentConfig()).Select(value => value.Key)];

    /// <summary>Those that are known of the experiment.</summary>
    public static ImmutableDictionary<string, double> Of(ExperimentSnapshot experiment)
    {
        var numbers = ConfigValues.Of(experiment.Config)
            .ToImmutableDictionary(value => value.Key, value => double.Parse(value.Value, CultureInfo.InvariantCulture)).ToBuilder();
        foreach (var (name, value) in Results)
        {
            if (value(experiment) is { } known) numbers[name] = known;
        }

        return numbers.ToImmutable();
    }
}
