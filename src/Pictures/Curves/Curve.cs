using System.Collections.Immutable;

namespace Experiments.Pictures;

/// <summary>One metric over the epochs, of one experiment or over the seeds of a variant.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Mean">Over the seeds that have a finite value; NaN where none has.</param>
/// <param name="Deviation">Sample standard deviation over them; 0 for a single one.</param>
internal readonly record struct CurvePoint(int Epoch, double Mean, double Deviation)
{
    public static CurvePoint Of(int epoch, IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0) return new CurvePoint(epoch, double.NaN, 0);

        double mean = finite.Sum(value => value / finite.Length);
        double squares = finite.Sum(value => (value - mean) * (value - mean));
        return new CurvePoint(epoch, mean, finite.Length > 1 ? Math.Sqrt(squares / (finite.Length - 1)) : 0);
    }
}

/// <param name="Train">As many points as <paramref name="Validation"/>.</param>
internal readonly record struct Metric(ImmutableArray<CurvePoint> Train, ImmutableArray<CurvePoint> Validation);

/// <summary>What is drawn of one experiment, or the means of a variant's experiments.</summary>
/// <param name="Monitor">What makes an epoch the best one.</param>
/// <param name="BestEpoch">By it, of the means; null where no epoch has a value.</param>
internal sealed record Curve(string Name, Metric Accuracy, Metric Loss, MonitoredMetric Monitor, int? BestEpoch)
{
    /// <summary>More experiments than these are drawn by variant where some share one.</summary>
    public const int MostExperiments = 8;

    public static ImmutableArray<Curve> Of(ImmutableArray<ExperimentSnapshot> experiments)
    {
        var variants = experiments.GroupBy(experiment => experiment.Variant, StringComparer.Ordinal).ToList();
        return experiments.Length > MostExperiments && variants.Count < experiments.Length
            ? [.. variants.Select(seeds => Of(Named(seeds.Key, seeds.Count()), seeds))]
            : [.. experiments.Select(experiment => Of(experiment.Name, [experiment]))];
    }

    private static string Named(string variant, int seeds) => seeds == 1 ? variant : $"{variant} ({seeds} seeds)";

    private static Curve Of(string name, IEnumerable<ExperimentSnapshot> seeds)
    {
        var epochs = seeds.SelectMany(seed => seed.History).GroupBy(metrics => metrics.Epoch).OrderBy(epoch => epoch.Key).ToList();
        var accuracy = new Metric(Points(metrics => metrics.TrainAccuracy), Points(metrics => metrics.ValidationAccuracy));
        var loss = new Metric(Points(metrics => metrics.TrainLoss), Points(metrics => metrics.ValidationLoss));
        var monitor = seeds.First().Config.Training.EarlyStopping.Monitor;
        return new Curve(name, accuracy, loss, monitor, Best(monitor, monitor == MonitoredMetric.ValidationLoss ? loss : accuracy));

        ImmutableArray<CurvePoint> Points(Func<EpochMetrics, double> metric) =>
            [.. epochs.Select(epoch => CurvePoint.Of(epoch.Key, epoch.Select(metric)))];
    }

    private static int? Best(MonitoredMetric monitor, Metric metric)
    {
        CurvePoint? best = null;
        foreach (var point in metric.Validation.Where(point => double.IsFinite(point.Mean)))
        {
            if (best is not { } known || monitor.IsBetter(point.Mean, known.Mean)) best = point;
        }

        return best?.Epoch;
    }
}
