using System.Globalization;
using System.Text;

namespace Experiments.Reports;

/// <summary>Predictions as <c>predictions.csv</c>: one line a test image, in the order of the test set, counted from 0.</summary>
public static class PredictionsCsv
{
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public static string Write(Predictions predictions)
    {
        var (labels, predicted, probabilities) = (predictions.Labels, predictions.Predicted, predictions.Probabilities);
        if (labels.Length != predicted.Length || labels.Length != probabilities.Length)
        {
            throw new ArgumentException(
                $"There are {labels.Length} labels, {predicted.Length} predicted classes and {probabilities.Length} probabilities; "
                + "each image has one of each.",
                nameof(predictions));
        }

        var csv = new StringBuilder("index,label,predicted,probability\n");
        for (int image = 0; image < labels.Length; image++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{image},{labels[image]},{predicted[image]},{probabilities[image]:R}\n");
        }

        return csv.ToString();
    }
}
