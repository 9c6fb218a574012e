using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Experiments.Reports;

/// <summary>An epoch history as <c>history.csv</c>: one line an epoch, every number such that reading it back gives the same one.</summary>
public static class HistoryCsv
{
    public static string Write(ImmutableArray<EpochMetrics> history)
    {
        var csv = new StringBuilder("epoch,trainLoss,trainAccuracy,validationLoss,validationAccuracy,seconds\n");
        foreach (var epoch in history)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{epoch.Epoch},{epoch.TrainLoss:R},{epoch.TrainAccuracy:R},")
                .Append(CultureInfo.InvariantCulture, $"{epoch.ValidationLoss:R},{epoch.ValidationAccuracy:R},{epoch.Seconds:R}\n");
        }

        return csv.ToString();
    }
}
