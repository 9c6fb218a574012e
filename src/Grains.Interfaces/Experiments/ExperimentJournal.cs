using System.Collections.Immutable;

namespace Experiments;

/// <summary>What has become of an experiment, for people: its attempts, and what happened beside the epochs, which its history tells.</summary>
/// <param name="Attempts">The last 50, the oldest first.</param>
/// <param name="Log">The last 200 lines, in the order of their times.</param>
[GenerateSerializer, Immutable, Alias("Experiments.ExperimentJournal")]
public sealed record ExperimentJournal([property: Id(0)] ImmutableArray<Attempt> Attempts, [property: Id(1)] ImmutableArray<JournalLine> Log);

/// <summary>One line of an experiment's log.</summary>
/// <param name="At">When it happened; where it happened several times, the last. By the clock of the silo where it did.</param>
/// <param name="Times">How often a warning came in one attempt; 1 of what is as it should be.</param>
[GenerateSerializer, Immutable, Alias("Experiments.JournalLine")]
public sealed record JournalLine(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] JournalLevel Level,
    [property: Id(2)] string Text,
    [property: Id(3)] int Times = 1);

[GenerateSerializer, Alias("Experiments.JournalLevel")]
public enum JournalLevel
{
    Information,

    /// <summary>The experiment goes on, but not as it should.</summary>
    Warning,

    /// <summary>The experiment has failed.</summary>
    Error,
}
