namespace Experiments.Benchmarks.Orchestration;

/// <summary>The process's resident memory while experiments complete, by the tenth of them that is under way.</summary>
internal sealed class MemoryOverTime(int experiments)
{
    private const int Tenths = 10;

    private readonly List<double>[] _samples = [.. Enumerable.Range(0, Tenths).Select(_ => new List<double>())];

    public void Sample(int completed) => _samples[Math.Min(completed * Tenths / experiments, Tenths - 1)].Add(Environment.WorkingSet);

    /// <summary>Mean, in bytes.</summary>
    /// <param name="tenth">From 1.</param>
    public double OfTenth(int tenth) => _samples[tenth - 1].DefaultIfEmpty(double.NaN).Average();
}
