using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>The test images that someone wants to look at, such as all shirts that are taken for coats; everything where nothing is said.</summary>
public sealed record PredictionSelection
{
    /// <summary>Only those classified rightly, or only the others; null for both.</summary>
    public bool? Correct { get; init; }

    /// <summary>Only those of this class.</summary>
    public int? Label { get; init; }

    /// <summary>Only those taken for this class.</summary>
    public int? Predicted { get; init; }

    /// <summary>Selects and orders: errors come first, and of errors and of hits the most confident; those of equal confidence in the order of the test set.</summary>
    /// <param name="skip">How many of them earlier pages showed, from 0.</param>
    /// <param name="take">How many are shown at most, from 0.</param>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public PredictionPage Page(Predictions predictions, int skip, int take)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        PredictedImage[] selected = [.. PredictedImage.AllOf(predictions).Where(Selects)];
        return new PredictionPage(
            selected.Length,
            [.. selected.OrderBy(image => image.IsCorrect).ThenByDescending(image => image.Probability).ThenBy(image => image.Index).Skip(skip).Take(take)]);
    }

    private bool Selects(PredictedImage image) =>
        (Correct ?? image.IsCorrect) == image.IsCorrect && (Label ?? image.Label) == image.Label && (Predicted ?? image.Predicted) == image.Predicted;
}

/// <param name="Count">Of all that are selected, on whatever page.</param>
public sealed record PredictionPage(int Count, ImmutableArray<PredictedImage> Images);
