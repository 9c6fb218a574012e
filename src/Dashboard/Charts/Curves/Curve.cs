using System.Collections.Immutable;
using Experiments.Reports;

namespace Experiments.Dashboard.Charts;

/// <summary>An epoch history as columns of one length; a value that is not finite is null.</summary>
/// <param name="Id">Of the experiment.</param>
/// <param name="Epoch">From 1, ascending; of a long history those that hold the extremes of the four metrics (<see cref="CurveSampling"/>).</param>
/// <param name="Seconds">Of training up to the end of the epoch, from the first epoch on.</param>
public sealed record Curve(
    string Id,
    ImmutableArray<int> Epoch,
    ImmutableArray<double> TrainLoss,
    ImmutableArray<double> TrainAccuracy,
    ImmutableArray<double> ValidationLoss,
    ImmutableArray<double> ValidationAccuracy,
    ImmutableArray<double> Seconds)
{
    public static Curve Of(ExperimentHistory experiment)
    {
        double seconds = 0;
        ImmutableArray<Reached> history = [.. experiment.Epochs.Select(epoch => new Reached(epoch, seconds += epoch.Seconds))];
        var kept = EpochSampling.Of(
            history,
            epoch => epoch.Metrics.Epoch,
            [
                epoch => epoch.Metrics.TrainLoss, epoch => epoch.Metrics.TrainAccuracy,
                epoch => epoch.Metrics.ValidationLoss, epoch => epoch.Metrics.ValidationAccuracy,
            ]);
        return new Curve(
            experiment.Id,
            [.. kept.Select(epoch => epoch.Metrics.Epoch)],
            [.. kept.Select(epoch => epoch.Metrics.TrainLoss)],
            [.. kept.Select(epoch => epoch.Metrics.TrainAccuracy)],
            [.. kept.Select(epoch => epoch.Metrics.ValidationLoss)],
            [.. kept.Select(epoch => epoch.Metrics.ValidationAccuracy)],
            [.. kept.Select(epoch => epoch.Seconds)]);
    }

    private readonly record struct Reached(EpochMetrics Metrics, double Seconds);
}
