using System.Diagnostics.CodeAnalysis;
using Experiments.Dashboard.Shell;
using Experiments.GridFiles;
using Experiments.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Dashboard.Grids;

/// <summary>Which test images are asked for.</summary>
internal sealed record PredictionsQuery(PredictionSelection Selection, int Skip, int Take)
{
    private const int Usual = 16;

    /// <param name="problem">What to answer where the question cannot be read.</param>
    public static bool TryRead(
        string? correct, string? label, string? predicted, string? skip, string? take, [NotNullWhen(true)] out PredictionsQuery? query, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        (query, problem) = (null, null);
        try
        {
            var selection = new PredictionSelection { Correct = Flag("correct", correct), Label = Number("label", label, int.MaxValue), Predicted = Number("predicted", predicted, int.MaxValue) };
            query = new PredictionsQuery(selection, Number("skip", skip, int.MaxValue) ?? 0, Number("take", take, DatasetViews.MostImages, least: 1) ?? Usual);
            return true;
        }
        catch (FormatException exception)
        {
            problem = TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The question cannot be read.", detail: exception.Message);
            return false;
        }
    }

    private static bool? Flag(string name, string? text) => text switch
    {
        null or "" => null,
        _ => bool.TryParse(text, out bool value) ? value : throw new FormatException($"{name}: '{Shown.Of(text)}' is neither true nor false."),
    };

    private static int? Number(string name, string? text, int most, int least = 0) => text switch
    {
        null or "" => null,
        _ => WholeNumber.Read(text, least, most) ?? throw new FormatException(FormattableString.Invariant($"{name}: '{Shown.Of(text)}' is no whole number from {least} to {most}.")),
    };
}
