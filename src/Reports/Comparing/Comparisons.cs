using System.Collections.Immutable;
using System.Globalization;

namespace Experiments.Reports;

public static class Comparisons
{
    /// <summary>Compares what is there: experiments without a test result get a row, and take no part in the ranking.</summary>
    /// <param name="correctnessByExperimentId">Of those that <see cref="DecidedByImages"/> names; where some are missing, the test that needs them is not made.</param>
    public static GridComparison Of(GridResults results, IReadOnlyDictionary<string, Correctness> correctnessByExperimentId)
    {
        var variants = Variants(results);
        return new GridComparison(
            [.. results.Experiments.Select(Row)],
            [.. variants.Select(variant => variant.Summary)],
            VariantRankings.Of(variants, correctnessByExperimentId),
            EnvironmentDifferences.Of(results.Experiments));
    }

    /// <summary>Ids of the experiments whose predictions a comparison asks for; of seeds that are compared by their spread none.</summary>
    public static ImmutableArray<string> DecidedByImages(GridResults results) => VariantRankings.DecidedByImages(Variants(results));

    private static ImmutableArray<Variant> Variants(GridResults results) =>
        Variant.AllOf(results.Experiments.Select(experiment => (experiment.Variant, experiment.Id, experiment.Test)));

    private static ExperimentComparison Row(ExperimentSnapshot experiment) => new()
    {
        Id = experiment.Id,
        Name = experiment.Name,
        Variant = experiment.Variant,
        Status = experiment.Status,
        Error = experiment.Error,
        EpochsTrained = experiment.History.IsEmpty ? 0 : experiment.History[^1].Epoch,
        Epochs = experiment.Config.Training.Epochs,
        Test = experiment.Test,
        Best = experiment.Best,
        Overfitting = Overfitting.Of(experiment.History),
        Classes = experiment.ClassificationReport is { } report ? ClassFindings.Of(report) : null,
        Confused = experiment.ConfusionMatrix is { } matrix ? ConfusedPair.Of(matrix, ClassNames(experiment, matrix.Length)) : [],
    };

    private static string[] ClassNames(ExperimentSnapshot experiment, int classes) =>
        experiment.ClassificationReport is { } report && report.Classes.Length == classes
            ? [.. report.Classes.Select(c => c.Name)]
            : [.. Enumerable.Range(0, classes).Select(label => string.Create(CultureInfo.InvariantCulture, $"class {label}"))];
}
