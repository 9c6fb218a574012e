using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Experiments.Client.Sessions;

/// <summary>Warnings and errors of the silo in this process, kept until they can be shown between two redraws.</summary>
internal sealed class WarningLog : ILoggerProvider
{
    private const string Ours = "Experiments.";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentQueue<string> _lines = [];

    /// <summary>Writes each as it comes until told to stop, for who does nothing else.</summary>
    public async Task Show(Output output, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            while (TryTake(out string? line))
            {
                output.Line(line);
            }

            await Task.Delay(Pause, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    public bool TryTake([NotNullWhen(true)] out string? line) => _lines.TryDequeue(out line);

    public ILogger CreateLogger(string categoryName) =>
        new Logger(this, categoryName.StartsWith(Ours, StringComparison.Ordinal) ? LogLevel.Warning : LogLevel.Critical);

    public void Dispose()
    {
    }

    private sealed class Logger(WarningLog log, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log._lines.Enqueue(exception is null ? formatter(state, null) : $"{formatter(state, null)} {exception.Message}");
            }
        }
    }
}
