namespace Experiments.Benchmarks.Dashboards;

/// <summary>Memory that is held after so many updates.</summary>
internal sealed class MemoryTrend
{
    private readonly List<(double Updates, double Bytes)> _samples = [];

    public double LastMegabytes => _samples[^1].Bytes / 1e6;

    public void Add(double updates, double bytes) => _samples.Add((updates, bytes));

    /// <summary>Slope of the least squares line through the second half of the samples.</summary>
    /// <returns>Megabytes in 1,000 updates.</returns>
    public double MegabytesPerThousand()
    {
        var half = _samples[(_samples.Count / 2)..];
        double updates = half.Average(sample => sample.Updates), bytes = half.Average(sample => sample.Bytes);
        double covariance = half.Sum(sample => (sample.Updates - updates) * (sample.Bytes - bytes));
        return covariance / half.Sum(sample => Math.Pow(sample.Updates - updates, 2)) * 1_000 / 1e6;
    }
}
