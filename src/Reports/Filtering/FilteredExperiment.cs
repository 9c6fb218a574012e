using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>What a filter can ask of an experiment; nothing is read before it asks.</summary>
public sealed class FilteredExperiment
{
    private readonly ExperimentRow _row;
    private readonly ExperimentConfig _config;

    private FilteredExperiment(ExperimentRow row, ExperimentConfig config) => (_row, _config) = (row, config);

    public string Name => _row.Name;

    public ExperimentStatus Status => _row.Status;

    public ImmutableArray<string> Tags => _row.Annotation?.Tags ?? [];

    /// <param name="config">That of the row's experiment, which <see cref="GridDefinition"/> holds.</param>
    public static FilteredExperiment Of(ExperimentRow row, ExperimentConfig config) => new(row, config);

    /// <inheritdoc cref="ExperimentNumber.Of"/>
    public double? Number(ExperimentNumber number) => number.Of(_row, _config);

    /// <inheritdoc cref="ConfigKey.Text"/>
    public string? Word(ConfigKey key) => key.Text(_config);
}
