using System.Collections.Immutable;
using System.Globalization;

namespace Experiments.Reports;

/// <summary>
/// In what the environments of a grid's experiments differ, or those of one experiment's attempts: across them, the same configuration does not
/// give the same bits. What is not known of an experiment is no difference.
/// </summary>
internal static class EnvironmentDifferences
{
    public static ImmutableArray<EnvironmentDifference> Of(IEnumerable<ExperimentSnapshot> experiments)
    {
        var known = experiments.Where(experiment => experiment.Environment is not null).ToList();
        return
        [
            .. Of(known, "processor", environment => environment.Processor),
            .. Of(known, "libtorch", environment => environment.LibTorch),
            .. Of(known, "CPU capability", environment => environment.CpuCapability),
            .. Of(known, "threads", environment => environment.Threads.ToString(CultureInfo.InvariantCulture)),
            .. Of(known, "version of Experiments", environment => environment.Version),
        ];
    }

    private static IEnumerable<EnvironmentDifference> Of(List<ExperimentSnapshot> experiments, string what, Func<TrainingEnvironment, string?> value)
    {
        ImmutableArray<EnvironmentValue> values =
        [
            .. experiments.GroupBy(experiment => value(experiment.Environment!), StringComparer.Ordinal).Where(group => !string.IsNullOrEmpty(group.Key))
                .Select(group => new EnvironmentValue(group.Key!, [.. group.Select(experiment => experiment.Name)])),
        ];
        if (values.Length > 1 || values.Any(one => one.Value.Contains(TrainingEnvironment.Then, StringComparison.Ordinal))) yield return new EnvironmentDifference(what, values);
    }
}
