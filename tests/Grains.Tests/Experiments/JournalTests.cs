using Experiments.Grains.Experiments;

namespace Experiments.Grains.Tests.Experiments;

public class JournalTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AnAttemptGoesFromItsBeginToItsEndWithItsEpochsAndItsError()
    {
        var journal = new Journal().Begin(1, "here", epochs: 3, last: 9, Noon);
        Assert.Equal(new Attempt { Lease = 1, Silo = "here", From = Noon, EpochsBefore = 3, EpochsAfter = 5 }, journal.ForReaders(epochs: 5).Attempts.Single());

        var read = journal.End(AttemptOutcome.Failed, "it cannot be", epochs: 6, At(60)).ForReaders(epochs: 6);

        var attempt = Assert.Single(read.Attempts);
        Assert.Equal((Noon, At(60), 3, 6), (attempt.From, attempt.To, attempt.EpochsBefore, attempt.EpochsAfter));
        Assert.Equal((AttemptOutcome.Failed, "it cannot be"), (attempt.Outcome, attempt.Error));
        Assert.Equal(
            [new(Noon, JournalLevel.Information, "Attempt 1 begins on here, after epoch 3 of 9."), new JournalLine(At(60), JournalLevel.Error, "Failed: it cannot be")],
            read.Log);
    }

    [Fact]
    public void OnlyAnOpenAttemptEndsAndOnlyOnce()
    {
        var ended = new Journal().Begin(1, "here", 0, 9, Noon).End(AttemptOutcome.SiloLost, null, 0, At(1));

        Assert.Same(ended, ended.End(AttemptOutcome.Completed, null, 9, At(2)));
        Assert.Empty(new Journal().End(AttemptOutcome.Completed, null, 9, At(2)).Attempts);
    }

    [Fact]
    public void AnAttemptThatIsPausedStaysSoAndLastsUntilItsSlotHasStopped()
    {
        var read = new Journal().Begin(1, "here", 0, 9, Noon).End(AttemptOutcome.Paused, null, epochs: 2, At(1)).Stop(epochs: 3, At(5)).ForReaders(epochs: 3);

        var attempt = Assert.Single(read.Attempts);
        Assert.Equal((AttemptOutcome.Paused, At(5), 3), (attempt.Outcome, attempt.To, attempt.EpochsAfter));
        Assert.Equal(["Paused.", "The slot has stopped after epoch 3; its checkpoint is stored."], read.Log.Skip(1).Select(line => line.Text));
    }

    [Fact]
    public void NotesThatAreHeardAgainAreTheSameNotesAndAreReadAmongTheOtherLinesByTime()
    {
        var journal = new Journal().Begin(1, "here", 0, 9, Noon).Hear([Note(1, "one")]).Hear([Note(1, "one"), Note(5, "two")]).Hear([])
            .End(AttemptOutcome.SiloLost, null, 0, At(10)).Hear([Note(1, "one"), Note(5, "two")])
            .Begin(2, "there", 0, 9, At(20)).Hear([Note(30, "three")]);

        Assert.Equal(
            ["one", "two", "The silo was lost after epoch 0; the experiment waits for another slot.", "Attempt 2 begins on there, after epoch 0 of 9.", "three"],
            journal.ForReaders(epochs: 0).Log.Skip(1).Select(line => line.Text));
    }

    [Fact]
    public void TheLastFiftyAttemptsAndTheLastTwoHundredLinesAreKept()
    {
        var journal = new Journal();
        for (int lease = 1; lease <= 60; lease++)
        {
            journal = journal.Begin(lease, "here", 0, 9, At(lease * 10)).Hear([Note((lease * 10) + 1, "one"), Note((lease * 10) + 2, "two")]).End(AttemptOutcome.SiloLost, null, 0, At((lease * 10) + 3));
        }

        var read = journal.ForReaders(epochs: 0);

        Assert.Equal(Enumerable.Range(11, 50).Select(lease => (long)lease), read.Attempts.Select(attempt => attempt.Lease));
        Assert.Equal(200, read.Log.Length);
        Assert.Equal((At(110), At(603)), (read.Log[0].At, read.Log[^1].At));
    }

    [Fact]
    public void LongTextsAreCutAndNoCharacterIsHalved()
    {
        string error = new string('x', 498) + "🦊" + new string('y', 100_000);

        var read = new Journal().Begin(1, "here", 0, 9, Noon).Hear([Note(1, error)]).End(AttemptOutcome.StorageFull, error, 0, At(2)).ForReaders(epochs: 0);

        Assert.Equal(new string('x', 498) + "…", read.Attempts[0].Error);
        Assert.Equal(new string('x', 498) + "…", read.Log[1].Text);
        Assert.Equal($"Paused: {new string('x', 491)}…", read.Log[2].Text);
    }

    private static DateTimeOffset At(int seconds) => Noon.AddSeconds(seconds);

    private static JournalLine Note(int seconds, string text) => new(At(seconds), JournalLevel.Information, text);
}
