namespace Experiments.Reports;

/// <summary>Mean and spread of one number over the seeds of a variant.</summary>
/// <param name="Count">From 1.</param>
/// <param name="StandardDeviation">Of the sample (divided by count − 1); null for a single value.</param>
public sealed record Sample(int Count, double Mean, double? StandardDeviation)
{
    /// <returns>Null where there is no value.</returns>
    public static Sample? Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0) return null;

        double mean = values.Average();
        return values.Count == 1
            ? new Sample(1, mean, null)
            : new Sample(values.Count, mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)));
    }
}
