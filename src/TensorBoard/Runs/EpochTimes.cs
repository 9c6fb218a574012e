using System.Collections.Immutable;

namespace Experiments.TensorBoard.Runs;

/// <summary>
/// When epochs ended, as nearly as is known. A history holds how long each epoch was trained, an attempt when a slot began: from there on its
/// epochs follow one another. What lies between them (validation, checkpoints) is known of an attempt that has completed the experiment: it
/// is spread over its epochs, so that the last one ends with it. Elsewhere it is not counted, and a time is early by it.
/// </summary>
internal static class EpochTimes
{
    /// <param name="history">Ascending.</param>
    /// <param name="attempts">The oldest first; where the first ones are no longer known, their epochs follow the submission.</param>
    /// <returns>One for each epoch, none before the one that goes before it.</returns>
    public static ImmutableArray<DateTimeOffset> Of(ImmutableArray<EpochMetrics> history, ImmutableArray<Attempt> attempts, DateTimeOffset submittedAt)
    {
        var times = ImmutableArray.CreateBuilder<DateTimeOffset>(history.Length);
        var trained = new Queue<Attempt>(attempts.Where(attempt => attempt.EpochsAfter > attempt.EpochsBefore));
        var (now, end, pace) = (submittedAt, DateTimeOffset.MaxValue, 1.0);
        foreach (var epoch in history)
        {
            if (trained.TryPeek(out var attempt) && epoch.Epoch > attempt.EpochsBefore)
            {
                trained.Dequeue();
                (now, end, pace) = (Later(now, attempt.From), attempt.To ?? DateTimeOffset.MaxValue, Pace(attempt, history));
            }

            now = Later(now, Earlier(end, now.AddSeconds(epoch.Seconds * pace)));
            times.Add(now);
        }

        return times.MoveToImmutable();
    }

    /// <returns>Seconds that passed for each second of training.</returns>
    private static double Pace(Attempt attempt, ImmutableArray<EpochMetrics> history)
    {
        double seconds = history.Where(epoch => epoch.Epoch > attempt.EpochsBefore && epoch.Epoch <= attempt.EpochsAfter).Sum(epoch => epoch.Seconds);
        return attempt is { Outcome: AttemptOutcome.Completed, To: { } end } && seconds > 0 ? (end - attempt.From).TotalSeconds / seconds : 1;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
