using System.Collections.Immutable;
using Experiments.TensorBoard.EventFiles;
using Experiments.TensorBoard.HyperParameters;
using Tensorboard;

namespace Experiments.TensorBoard.Runs;

/// <summary>All that is known of an experiment, as events: scalars whose step is the epoch, and what its last weights say of the test images.</summary>
internal static class RunEvents
{
    /// <param name="trainImages">Trained on in an epoch.</param>
    public static IEnumerable<Event> Of(ExperimentRun run, DateTimeOffset submittedAt, int trainImages)
    {
        var (experiment, start) = (run.Experiment, Start(run, submittedAt));
        yield return At(start, step: 0, SessionSummaries.Start(experiment.Config, start));
        var times = EpochTimes.Of(experiment.History, run.Attempts, submittedAt);
        foreach (var (epoch, time) in experiment.History.Zip(times))
        {
            yield return At(time, epoch.Epoch, Epoch(epoch, trainImages));
        }

        var end = run.EndedAt ?? (times.IsEmpty ? start : times[^1]);
        if (experiment.Best is { } best)
        {
            yield return At(end, best.Epoch, Best(best));
        }

        if (experiment is { Test: { } test, ConfusionMatrix: { } matrix, ClassificationReport: { } report })
        {
            ImmutableArray<string> classes = [.. report.Classes.Select(c => c.Name)];
            yield return At(
                end, experiment.History[^1].Epoch,
                Scalar(Tags.TestLoss, test.Loss), Scalar(Tags.TestAccuracy, test.Accuracy), ConfusionImage.Of(experiment.Name, matrix, classes));
        }

        yield return At(end, step: 0, SessionSummaries.End(experiment.Status, run.EndedAt));
    }

    /// <summary>When a slot began to train it; the submission where that is no longer known, or has not been yet.</summary>
    public static DateTimeOffset Start(ExperimentRun run, DateTimeOffset submittedAt) => run.Attempts is [{ Lease: 1 } first, ..] ? first.From : submittedAt;

    private static Summary.Types.Value[] Epoch(EpochMetrics epoch, int trainImages) =>
    [
        Scalar(Tags.TrainLoss, epoch.TrainLoss), Scalar(Tags.ValidationLoss, epoch.ValidationLoss),
        Scalar(Tags.TrainAccuracy, epoch.TrainAccuracy), Scalar(Tags.ValidationAccuracy, epoch.ValidationAccuracy),
        Scalar(Tags.EpochSeconds, epoch.Seconds), Scalar(Tags.ImagesPerSecond, trainImages / epoch.Seconds),
    ];

    private static Summary.Types.Value[] Best(BestEpoch best) =>
    [
        Scalar(Tags.BestValidationLoss, best.ValidationLoss),
        .. best.TestAccuracy is { } accuracy ? [Scalar(Tags.BestTestAccuracy, accuracy)] : Array.Empty<Summary.Types.Value>(),
    ];

    private static Summary.Types.Value Scalar(string tag, double value) => new() { Tag = tag, SimpleValue = (float)value };

    private static Event At(DateTimeOffset time, int step, params Summary.Types.Value[] values) =>
        new() { WallTime = time.ToUnixSeconds(), Step = step, Summary = new Summary { Value = { values } } };
}
