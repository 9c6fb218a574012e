using System.Globalization;
using System.Text;

namespace Experiments.Reports;

/// <summary>Predictions as <c>predictions.csv</c>: one line a test image, in the order of the test set, counted from 0.</summary>
public static class PredictionsCsv
{
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public static string Write(Predictions predictions)
    {
        var csv = new StringBuilder("index,label,predicted,probability\n");
        foreach (var image in PredictedImage.AllOf(predictions))
        {
            csv.Append(CultureInfo.InvariantCulture, $"{image.Index},{image.Label},{image.Predicted},{image.Probability:R}\n");
        }

        return csv.ToString();
    }
}
