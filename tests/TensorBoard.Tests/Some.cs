using System.Collections.Immutable;

namespace Experiments.TensorBoard.Tests;

/// <summary>Experiments to export; what a test does not name is of no matter to it.</summary>
internal static class Some
{
    public static readonly DateTimeOffset SubmittedAt = new(2026, 1, 1, 12, 0, 0, TimeSpan.FromHours(1));

    public static readonly ImmutableArray<string> Classes = ["T-shirt/top", "Trouser", "Pullover"];

    public static GridOverview Grid(int trainImages = 60_000) => new()
    {
        Id = "g1",
        Name = "fashion",
        Status = GridStatus.Running,
        SubmittedAt = SubmittedAt,
        Dataset = new DatasetReference { Name = "fashion-mnist", TrainImages = trainImages },
        Experiments = 1,
        Pending = 0,
        Running = 1,
        Paused = 0,
        Completed = 0,
        Cancelled = 0,
        Failed = 0,
        EpochsCommitted = 1,
        EpochsToTrain = 50,
    };

    public static ExperimentSnapshot Experiment(string name = "baseline", int epochs = 3, ExperimentStatus status = ExperimentStatus.Running) => new()
    {
        Id = "g1-1",
        Name = name,
        Variant = name,
        Status = status,
        Attempts = 1,
        Config = new ExperimentConfig(),
        Best = epochs == 0 ? null : new BestEpoch(1, 0.75, 0.5, null),
        History = [.. Enumerable.Range(1, epochs).Select(epoch => new EpochMetrics(epoch, 1.0 / (epoch + 2), 0.7 + (0.01 * epoch), 0.6 + (0.1 * epoch), 0.65, 10 + epoch))],
    };

    public static ExperimentSnapshot Completed(string name = "baseline") => Experiment(name, status: ExperimentStatus.Completed) with
    {
        Best = new BestEpoch(1, 0.7, 0.65, 0.85),
        Test = new TestMetrics(0.3, 0.9, 270, 30),
        ConfusionMatrix = [[90, 5, 5], [5, 90, 5], [5, 5, 90]],
        ClassificationReport = new ClassificationReport(
            [.. Classes.Select((name, label) => new ClassMetrics(label, name, 0.9, 0.9, 0.9, 100))], 0.9, new AverageMetrics(0.9, 0.9, 0.9, 300), new AverageMetrics(0.9, 0.9, 0.9, 300)),
    };

    /// <summary>An attempt of the first silo; seconds are counted from the submission.</summary>
    public static Attempt Attempt(long lease, double from, double? to, int before, int after, AttemptOutcome? outcome = null) => new()
    {
        Lease = lease,
        Silo = "127.0.0.1:11111",
        From = SubmittedAt.AddSeconds(from),
        To = to is { } seconds ? SubmittedAt.AddSeconds(seconds) : null,
        EpochsBefore = before,
        EpochsAfter = after,
        Outcome = outcome,
    };

    public static ExperimentRun Run(ExperimentSnapshot experiment, params ImmutableArray<Attempt> attempts) => new(experiment, attempts, EndedAt: null);
}
