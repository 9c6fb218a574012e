using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>A number of an experiment by which filters compare and tables sort, under the name that people type.</summary>
public sealed class ExperimentNumber
{
    private readonly Func<ExperimentRow, ExperimentConfig, double?> _value;

    private ExperimentNumber(string name, Func<ExperimentRow, ExperimentConfig, double?> value) => (Name, _value) = (name, value);

    /// <summary>
    /// Those of the test images (<c>testAccuracy</c>, <c>testLoss</c>), of the best epoch (<c>bestEpoch</c>, <c>bestValidationLoss</c>,
    /// <c>bestValidationAccuracy</c>, <c>bestTestAccuracy</c>) and of the last one committed (<c>validationLoss</c>, <c>validationAccuracy</c>,
    /// <c>trainLoss</c>, <c>trainAccuracy</c>), losses in nats; <c>epochs</c> trained so far and their <c>seconds</c> of training; then every
    /// key of the configuration that is a number, such as <c>dropout.dense</c>, but for those of layers.
    /// </summary>
    public static ImmutableArray<ExperimentNumber> All { get; } =
    [
        new("testAccuracy", (row, _) => row.Test?.Accuracy),
        new("testLoss", (row, _) => row.Test?.Loss),
        new("bestEpoch", (row, _) => row.Best?.Epoch),
        new("bestValidationLoss", (row, _) => row.Best?.ValidationLoss),
        new("bestValidationAccuracy", (row, _) => row.Best?.ValidationAccuracy),
        new("bestTestAccuracy", (row, _) => row.Best?.TestAccuracy),
        new("validationLoss", (row, _) => row.Last?.ValidationLoss),
        new("validationAccuracy", (row, _) => row.Last?.ValidationAccuracy),
        new("trainLoss", (row, _) => row.Last?.TrainLoss),
        new("trainAccuracy", (row, _) => row.Last?.TrainAccuracy),
        new("epochs", (row, _) => row.Last?.Epoch ?? 0),
        new("seconds", (row, _) => row.Seconds),
        .. ConfigKey.All.Where(key => key.IsNumber).Select(Of),
    ];

    public string Name { get; }

    /// <param name="name">In upper or lower case: one of <see cref="All"/>, or a layer's, such as <c>model.conv2.filters</c>.</param>
    /// <returns>Null where none has the name.</returns>
    public static ExperimentNumber? Find(string name) =>
        All.FirstOrDefault(number => number.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? (ConfigKey.Find(name) is { IsNumber: true } key ? Of(key) : null);

    /// <returns>Null where it is not known, or not a number.</returns>
    public double? Of(ExperimentRow row, ExperimentConfig config) => _value(row, config) is { } value && !double.IsNaN(value) ? value : null;

    private static ExperimentNumber Of(ConfigKey key) => new(key.Name, (_, config) => key.Number(config));
}
