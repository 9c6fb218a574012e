using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Experiments.Silo.Telling;

/// <summary>A line for each thing that happens: the time of day, and the sentence. Warnings and errors say so; these tell all of their exception, those its first line.</summary>
internal sealed class PlainFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "plain";

    private const string Ours = "Experiments.";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string source = logEntry.Category.StartsWith(Ours, StringComparison.Ordinal) ? "" : $"{logEntry.Category}: ";
        string level = logEntry.LogLevel switch { >= LogLevel.Error => "Error: ", LogLevel.Warning => "Warning: ", _ => "" };
        textWriter.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{time.GetLocalNow():HH:mm:ss} {level}{source}{logEntry.Formatter(logEntry.State, logEntry.Exception)}"));
        if (logEntry.Exception is { } exception)
        {
            textWriter.WriteLine(logEntry.LogLevel >= LogLevel.Error ? exception.ToString() : $"  {exception.GetType().Name}: {exception.Message.Split('\n')[0]}");
        }
    }
}
