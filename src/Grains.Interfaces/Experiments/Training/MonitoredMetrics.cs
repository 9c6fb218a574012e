namespace Experiments;

/// <summary>The rule by which one epoch is the best.</summary>
public static class MonitoredMetrics
{
    /// <summary>What is monitored, of an epoch whose both values are given.</summary>
    public static double Of(this MonitoredMetric monitor, double validationLoss, double validationAccuracy) =>
        monitor == MonitoredMetric.ValidationLoss ? validationLoss : validationAccuracy;

    /// <summary>Whether an epoch with the one value is the best in place of an earlier one with the other: it has to be better, so of equal ones the first stays.</summary>
    public static bool IsBetter(this MonitoredMetric monitor, double value, double best) => monitor == MonitoredMetric.ValidationLoss ? value < best : value > best;

    /// <param name="history">Ascending.</param>
    /// <returns>Null where there is no epoch.</returns>
    public static EpochMetrics? Best(this MonitoredMetric monitor, IEnumerable<EpochMetrics> history)
    {
        EpochMetrics? best = null;
        foreach (var epoch in history)
        {
            if (best is null || monitor.IsBetter(Of(epoch), Of(best))) best = epoch;
        }

        return best;

        double Of(EpochMetrics epoch) => monitor.Of(epoch.ValidationLoss, epoch.ValidationAccuracy);
    }
}
