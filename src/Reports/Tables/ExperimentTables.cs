using System.Globalization;

namespace Experiments.Reports;

/// <summary>One experiment as tables.</summary>
public static class ExperimentTables
{
    /// <summary>What it was given, and what its results depend on beside that.</summary>
    public static ReportTable Configuration(ExperimentSnapshot experiment)
    {
        var table = new ReportTable("Configuration", "Value:");
        foreach (var (key, value) in ConfigValues.Shown(experiment.Config)) table.Row(key, value);
        if (experiment.Parameters is { } parameters) table.Row("parameters", Figures.Count(parameters));
        if (experiment.Environment is { } environment)
        {
            if (environment.Processor is { } processor) table.Row("processor", processor);
            table.Row("libtorch", environment.LibTorch);
            table.Row("CPU capability", environment.CpuCapability);
            table.Row("threads", environment.Threads.ToString(CultureInfo.InvariantCulture));
            table.Row("version", environment.Version);
        }

        if (experiment.WeightsSha256 is { } sha256) table.Row("SHA-256 of weights.safetensors", sha256);
        return table;
    }

    /// <summary>The classes that were taken for each other most often.</summary>
    public static ReportTable Confused(ExperimentComparison row)
    {
        var table = new ReportTable("Most confused: true class", "Predicted", "Images:");
        foreach (var pair in row.Confused) table.Row(pair.TrueName, pair.PredictedName, Figures.Count(pair.Images));
        return table;
    }
}
