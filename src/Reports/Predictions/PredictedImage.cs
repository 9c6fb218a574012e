namespace Experiments.Reports;

/// <summary>What an experiment says of one test image.</summary>
/// <param name="Index">In the test set, from 0.</param>
/// <param name="Label">True class.</param>
/// <param name="Predicted">Class of the highest probability.</param>
/// <param name="Probability">Of the predicted class, 0 to 1.</param>
public sealed record PredictedImage(int Index, int Label, int Predicted, float Probability)
{
    public bool IsCorrect => Predicted == Label;

    /// <summary>All, in the order of the test set.</summary>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public static IEnumerable<PredictedImage> AllOf(Predictions predictions)
    {
        var (labels, predicted, probabilities) = (predictions.Labels, predictions.Predicted, predictions.Probabilities);
        return labels.Length == predicted.Length && labels.Length == probabilities.Length
            ? labels.Select((label, index) => new PredictedImage(index, label, predicted[index], probabilities[index]))
            : throw new ArgumentException(
                $"There are {labels.Length} labels, {predicted.Length} predicted classes and {probabilities.Length} probabilities; "
                + "each image has one of each.",
                nameof(predictions));
    }
}
