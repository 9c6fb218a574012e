using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Experiments.Grains.Execution;

/// <summary>
/// What the silo's log says of one attempt, kept besides for those who read the experiment's journal. What happens again and again, as
/// tries to reach a storage do, is one note, and a line of the log in half a minute: what stands before a message's first colon is what it
/// is about.
/// </summary>
internal sealed class AttemptNotes(string experimentId, ILogger logger, TimeProvider time) : ILogger
{
    private const int Most = 50;
    private static readonly TimeSpan Repetition = TimeSpan.FromSeconds(30);

    private readonly string _beginning = $"Experiment {experimentId}: ";
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _logged = [];
    private ImmutableArray<JournalLine> _all = [];

    /// <summary>In the order in which they happened first; another array where one has changed.</summary>
    public ImmutableArray<JournalLine> All
    {
        get
        {
            lock (_lock)
            {
                return _all;
            }
        }
    }

    public void Add(JournalLevel level, string text)
    {
        lock (_lock)
        {
            string subject = Subject(text);
            int same = _all.ToList().FindLastIndex(note => Subject(note.Text) == subject);
            int before = same < 0 || level == JournalLevel.Information ? 0 : _all[same].Times;
            var note = new JournalLine(time.GetUtcNow(), level, text, before + 1);
            var all = same < 0 ? _all.Add(note) : _all.SetItem(same, note);
            _all = all.Length > Most ? all.RemoveAt(0) : all;
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information || logger.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string told = formatter(state, exception);
        string text = told.StartsWith(_beginning, StringComparison.Ordinal) ? told[_beginning.Length..] : told;
        if (logger.IsEnabled(logLevel) && (logLevel <= LogLevel.Information || IsNews(Subject(text))))
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }

        if (logLevel >= LogLevel.Information)
        {
            Add(logLevel == LogLevel.Information ? JournalLevel.Information : JournalLevel.Warning, string.Concat(char.ToUpperInvariant(text[0]).ToString(), text.AsSpan(1)));
        }
    }

    private bool IsNews(string subject)
    {
        lock (_lock)
        {
            bool isNews = !_logged.TryGetValue(subject, out long before) || time.GetElapsedTime(before) >= Repetition;
            if (isNews)
            {
                _logged[subject] = time.GetTimestamp();
            }

            return isNews;
        }
    }

    private static string Subject(string text) => text.Split(':', 2)[0];
}
