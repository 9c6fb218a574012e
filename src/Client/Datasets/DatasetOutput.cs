using Experiments.Training.Data;

namespace Experiments.Client.Datasets;

internal static class DatasetOutput
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>Says what is fetched.</summary>
    public static DatasetProgressLines DatasetLines(this Output output) => new(Period, TimeProvider.System, line => output.Line($"Dataset: {line}"));
}
