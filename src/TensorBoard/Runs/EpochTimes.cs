using System.Collections.Immutable;

namespace Experiments.TensorBoard.Runs;

/// <summary>
/// When epochs ended, as nearly as is known. A history holds how long each epoch was trained, an attempt when a slot began: from there on its
/// epochs follow one another without pause. What lies between them (validation, checkpoints) is not counted, so that a time may be early,
/// never by more than the attempt lasted.
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
        DateTimeOffset now = submittedAt, end = DateTimeOffset.MaxValue;
        foreach (var epoch in history)
        {
            if (trained.TryPeek(out var attempt) && epoch.Epoch > attempt.EpochsBefore)
            {
                trained.Dequeue();
                now = Later(now, attempt.From);
                end = attempt.To ?? DateTimeOffset.MaxValue;
            }

            now = Later(now, Earlier(end, now.AddSeconds(epoch.Seconds)));
            times.Add(now);
        }

        return times.MoveToImmutable();
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
