namespace Experiments.Grains.Experiments;

/// <summary>When a lease ends by itself.</summary>
internal static class LeaseRule
{
    /// <summary>How long a slot may be silent: it tells of itself every second, and every core of its machine trains.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    /// <summary>What a slot that reports is told.</summary>
    /// <param name="reported">The lease that it reports under.</param>
    /// <param name="last">The last lease given.</param>
    /// <param name="isStopping">Whether the slot of the last lease has still to end its attempt after a pause or cancel.</param>
    public static LeaseAnswer Answer(long reported, long last, ExperimentStatus status, bool isStopping) =>
        reported != last ? LeaseAnswer.Lost
        : status == ExperimentStatus.Running ? LeaseAnswer.Continue
        : isStopping ? LeaseAnswer.Stop
        : LeaseAnswer.Lost;

    /// <param name="siloLives">Whether membership knows the lease's silo, and not as dead.</param>
    /// <param name="silence">Since the slot was heard of, or since this activation began, by one machine's monotonic clock.</param>
    /// <returns>Of what; null where it has not ended.</returns>
    public static AttemptOutcome? Ended(bool siloLives, TimeSpan silence) =>
        !siloLives ? AttemptOutcome.SiloLost
        : silence > LongestSilence ? AttemptOutcome.SlotSilent
        : null;
}
