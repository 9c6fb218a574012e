using System.Globalization;
using Experiments.Reports;
using Spectre.Console;

namespace Experiments.Client.Results;

/// <summary>What has become of an experiment: a table of its attempts, and its log, the oldest line first.</summary>
internal static class JournalView
{
    public static void Show(ExperimentJournal journal, Output output)
    {
        if (journal.Log.IsEmpty)
        {
            output.Line("Nothing has happened yet: no slot has trained it.");
            return;
        }

        var table = OutputTable.Of(texts: 0, "Lease", "Began (UTC)", "Seconds", "Epochs", "Silo", "Outcome");
        foreach (var attempt in journal.Attempts)
        {
            table.AddRow(
                attempt.Lease.ToString(CultureInfo.InvariantCulture),
                Time(attempt.From),
                attempt.To is { } to ? Figures.Count(Math.Round((to - attempt.From).TotalSeconds)) : "",
                string.Create(CultureInfo.InvariantCulture, $"{attempt.EpochsBefore} → {attempt.EpochsAfter}"),
                Markup.Escape(attempt.Silo),
                attempt.Outcome?.ToString() ?? "goes on");
        }

        output.People.Write(table);
        foreach (var line in journal.Log)
        {
            string times = line.Times > 1 ? $" ({Figures.Count(line.Times)} times)" : "";
            output.Line($"{Time(line.At)} {(line.Level == JournalLevel.Information ? "" : $"{line.Level}: ")}{line.Text}{times}");
        }
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
