using System.Collections.Immutable;

namespace Experiments.Grains.Experiments;

/// <summary>
/// What an experiment grain keeps for people to read. It is persisted with what changes the status, never for its own sake. An attempt is
/// open exactly while the experiment is running.
/// </summary>
[GenerateSerializer, Immutable, Alias("Experiments.Grains.Journal")]
internal sealed record Journal
{
    private const int MostAttempts = 50;
    private const int MostLines = 200;
    private const int LongestText = 500;

    [Id(0)] public ImmutableArray<Attempt> Attempts { get; init; } = [];

    /// <summary>The experiment's own lines, and the notes of earlier attempts.</summary>
    [Id(1)] public ImmutableArray<JournalLine> Log { get; init; } = [];

    /// <summary>All that the slot of the last attempt has told of it so far.</summary>
    [Id(2)] public ImmutableArray<JournalLine> Notes { get; init; } = [];

    private bool IsOpen => Attempts is [.., { Outcome: null }];

    /// <param name="epochs">Epochs committed.</param>
    /// <param name="last">The epoch to train to.</param>
    public Journal Begin(long lease, string silo, int epochs, int last, DateTimeOffset now)
    {
        var attempt = new Attempt { Lease = lease, Silo = silo, From = now, EpochsBefore = epochs, EpochsAfter = epochs };
        var earlier = this with { Attempts = Last(Attempts.Add(attempt), MostAttempts), Log = Lines(), Notes = [] };
        return earlier.Say(JournalLevel.Information, FormattableString.Invariant($"Attempt {lease} begins on {silo}, after epoch {epochs} of {last}."), now);
    }

    /// <summary>Ends the attempt that is open; nothing where none is.</summary>
    /// <param name="epochs">Epochs committed.</param>
    public Journal End(AttemptOutcome outcome, string? error, int epochs, DateTimeOffset now)
    {
        if (!IsOpen)
        {
            return this;
        }

        var ended = Attempts[^1] with { To = now, EpochsAfter = epochs, Outcome = outcome, Error = error is null ? null : Short(error) };
        return (this with { Attempts = Attempts.SetItem(Attempts.Length - 1, ended) }).Say(Level(outcome), Text(ended), now);
    }

    /// <summary>The slot of an attempt that was paused or cancelled has stopped only now.</summary>
    /// <param name="epochs">Epochs committed.</param>
    public Journal Stop(int epochs, DateTimeOffset now)
    {
        var stopped = Attempts is [.., var last] ? Attempts.SetItem(Attempts.Length - 1, last with { To = now, EpochsAfter = epochs }) : Attempts;
        return (this with { Attempts = stopped }).Say(
            JournalLevel.Information, FormattableString.Invariant($"The slot has stopped after epoch {epochs}; its checkpoint is stored."), now);
    }

    public Journal Say(JournalLevel level, string text, DateTimeOffset now) => this with { Log = Last(Log.Add(new JournalLine(now, level, Short(text))), MostLines) };

    /// <param name="notes">All of the last attempt; none where they are what was heard before.</param>
    public Journal Hear(ImmutableArray<JournalLine> notes) =>
        notes.IsEmpty ? this : this with { Notes = Last([.. notes.Select(note => note with { Text = Short(note.Text) })], MostLines) };

    /// <param name="epochs">Epochs committed.</param>
    public ExperimentJournal ForReaders(int epochs) =>
        new(IsOpen ? Attempts.SetItem(Attempts.Length - 1, Attempts[^1] with { EpochsAfter = epochs }) : Attempts, Lines());

    private ImmutableArray<JournalLine> Lines() => Notes.IsEmpty ? Log : Last([.. Log.Concat(Notes).OrderBy(line => line.At)], MostLines);

    private static JournalLevel Level(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Failed => JournalLevel.Error,
        AttemptOutcome.Completed or AttemptOutcome.Paused or AttemptOutcome.Cancelled or AttemptOutcome.SiloStopped => JournalLevel.Information,
        _ => JournalLevel.Warning,
    };

    private static string Text(Attempt attempt) => attempt.Outcome switch
    {
        AttemptOutcome.Completed => FormattableString.Invariant($"Attempt {attempt.Lease} has completed the training with epoch {attempt.EpochsAfter}."),
        AttemptOutcome.Paused => "Paused.",
        AttemptOutcome.Cancelled => "Cancelled.",
        AttemptOutcome.SiloStopped => FormattableString.Invariant($"The silo stops after epoch {attempt.EpochsAfter}; the experiment waits for another slot."),
        AttemptOutcome.SiloLost => FormattableString.Invariant($"The silo was lost after epoch {attempt.EpochsAfter}; the experiment waits for another slot."),
        AttemptOutcome.SlotSilent => FormattableString.Invariant($"Nothing is heard of the slot any more after epoch {attempt.EpochsAfter}; the experiment waits for another one."),
        AttemptOutcome.Hung => FormattableString.Invariant($"The training has hung after epoch {attempt.EpochsAfter}; the experiment waits for another slot."),
        AttemptOutcome.StorageFull => $"Paused: {attempt.Error}",
        _ => $"Failed: {attempt.Error}",
    };

    private static ImmutableArray<T> Last<T>(ImmutableArray<T> all, int most) => all.Length > most ? all[^most..] : all;

    private static string Short(string text) =>
        text.Length <= LongestText ? text
        : char.IsHighSurrogate(text[LongestText - 2]) ? $"{text.AsSpan(0, LongestText - 2)}…"
        : $"{text.AsSpan(0, LongestText - 1)}…";
}
