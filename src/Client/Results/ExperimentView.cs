using System.Globalization;
using Experiments.Reports;
using Spectre.Console;

namespace Experiments.Client.Results;

/// <summary>All that is known of one experiment.</summary>
internal static class ExperimentView
{
    public static void Show(ExperimentSnapshot experiment, Output output)
    {
        output.Line($"Experiment {experiment.Name} ({experiment.Id}): {experiment.Status}{(experiment.Error is null ? "" : $": {experiment.Error}")}");
        AnnotationText.Show(experiment.Annotation, output);
        output.Line($"Configuration: {string.Join(", ", ConfigValues.Shown(experiment.Config).Select(value => $"{value.Key} {value.Value}"))}");
        output.Line($"Attempts: {experiment.Attempts}{(experiment.Silo is null ? "" : $", the last on silo {experiment.Silo}")}");
        if (experiment.Environment is { } environment)
        {
            output.Line($"Environment: libtorch {environment.LibTorch}, {environment.CpuCapability}, {environment.Threads} thread, Experiments {environment.Version}{(environment.Processor is null ? "" : $", {environment.Processor}")}");
        }

        ShowHistory(experiment, output);
        if (experiment.Test is { } test && experiment.ClassificationReport is { } report)
        {
            output.Line($"Test: loss {Figures.Metric(test.Loss)}, accuracy {Figures.Metric(test.Accuracy)}, correct {test.Correct:N0}, incorrect {test.Incorrect:N0}");
            output.Line($"Weights: SHA-256 {experiment.WeightsSha256}");
            output.Line();
            output.Line(ClassificationReportText.Of(report));
        }
    }

    private static void ShowHistory(ExperimentSnapshot experiment, Output output)
    {
        var table = OutputTable.Of(texts: 0, "Epoch", "Train loss", "Accuracy", "Validation loss", "Accuracy", "Seconds", "");
        foreach (var epoch in experiment.History)
        {
            table.AddRow(
                epoch.Epoch.ToString(CultureInfo.InvariantCulture),
                Figures.Metric(epoch.TrainLoss), Figures.Metric(epoch.TrainAccuracy),
                Figures.Metric(epoch.ValidationLoss), Figures.Metric(epoch.ValidationAccuracy),
                epoch.Seconds.ToString("F1", CultureInfo.InvariantCulture),
                epoch.Epoch == experiment.Best?.Epoch ? "best" : "");
        }

        if (!experiment.History.IsEmpty)
        {
            output.People.Write(table);
        }
    }
}
