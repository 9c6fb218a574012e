using Experiments.Grains.Execution;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Experiments.Grains.Tests.Execution;

public class AttemptNotesTests
{
    private readonly AttemptNotes _notes = new("g-1", NullLogger.Instance, TimeProvider.System);

    [Fact]
    public void MessagesOfTheLogAreNotesWithoutTheExperimentsName()
    {
        _notes.CheckpointDamaged("g-1", "checkpoint-1", "its SHA-256 is not the one it was written with");
        _notes.DatasetProgress("fetching it");

        Assert.Equal(
            [
                (JournalLevel.Warning, "Checkpoint checkpoint-1 is damaged and passed over: its SHA-256 is not the one it was written with"),
                (JournalLevel.Information, "Dataset: fetching it."),
            ],
            _notes.All.Select(note => (note.Level, note.Text)));
    }

    [Fact]
    public void WhatIsTriedAgainAndAgainIsOneNoteThatCountsAndSaysTheLastReason()
    {
        for (int time = 1; time <= 100; time++)
        {
            _notes.TriedAgain("g-1", "storing a checkpoint", $"no answer: {time}");
            _notes.TriedAgain("g-1", "a heartbeat", "no answer");
        }

        Assert.Equal(
            [("Storing a checkpoint did not succeed and is tried again: no answer: 100", 100), ("A heartbeat did not succeed and is tried again: no answer", 100)],
            _notes.All.Select(note => (note.Text, note.Times)));
    }

    [Fact]
    public void TheLogTellsOnceInHalfAMinuteWhatIsTriedAgainAndAgain()
    {
        var (log, time) = (new CollectedLog(), new SetTime());
        var notes = new AttemptNotes("g-1", log, time);

        for (int second = 0; second < 90; second++, time.Seconds++)
        {
            notes.TriedAgain("g-1", "storing a checkpoint", $"no answer: {second}");
            if (second == 10) notes.TriedAgain("g-1", "a heartbeat", "no answer");
        }

        Assert.Equal(
            [
                "Experiment g-1: storing a checkpoint did not succeed and is tried again: no answer: 0",
                "Experiment g-1: a heartbeat did not succeed and is tried again: no answer",
                "Experiment g-1: storing a checkpoint did not succeed and is tried again: no answer: 30",
                "Experiment g-1: storing a checkpoint did not succeed and is tried again: no answer: 60",
            ],
            log.Lines);
        Assert.Equal(90, notes.All.Single(note => note.Text.StartsWith("Storing", StringComparison.Ordinal)).Times);
    }

    [Fact]
    public void ProgressTakesThePlaceOfTheProgressBeforeAndIsNotCounted()
    {
        _notes.DatasetProgress("1.2 of 26.4 MB");
        _notes.DatasetProgress("26.4 of 26.4 MB");

        var note = Assert.Single(_notes.All);
        Assert.Equal(("Dataset: 26.4 of 26.4 MB.", 1), (note.Text, note.Times));
    }

    [Fact]
    public void ArraysDifferExactlyWhereANoteHasChanged()
    {
        var none = _notes.All;
        _notes.Add(JournalLevel.Information, "one");
        var one = _notes.All;

        Assert.True(one == _notes.All);
        Assert.False(one == none);
        _notes.Add(JournalLevel.Information, "one");
        Assert.False(one == _notes.All);
    }

    [Fact]
    public void TheLastFiftyAreKept()
    {
        for (int number = 1; number <= 60; number++)
        {
            _notes.Add(JournalLevel.Information, $"{number}");
        }

        Assert.Equal(Enumerable.Range(11, 50).Select(number => $"{number}"), _notes.All.Select(note => note.Text));
    }

    private sealed class SetTime : TimeProvider
    {
        public int Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }

    private sealed class CollectedLog : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
