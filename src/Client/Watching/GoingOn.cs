using Experiments.Reports;

namespace Experiments.Client.Watching;

/// <summary>How a grid that ended without completing goes on: a line for what is paused, and one for what failed or was cancelled.</summary>
internal static class GoingOn
{
    /// <param name="trainsElsewhere">Whether a process goes on training after this one; else the grid's file is to be run again.</param>
    public static IEnumerable<string> Of(string grid, IEnumerable<ExperimentStatus> experiments, bool trainsElsewhere)
    {
        var statuses = experiments.ToLookup(status => status);
        int paused = statuses[ExperimentStatus.Paused].Count();
        int cancelled = statuses[ExperimentStatus.Cancelled].Count(), failed = statuses[ExperimentStatus.Failed].Count();
        if (paused > 0)
        {
            string how = trainsElsewhere ? $"'experiments resume {grid}' goes on" : "the same command goes on";
            yield return $"{Count(paused)} paused: {how}.";
        }

        if (cancelled + failed > 0)
        {
            string which = cancelled == 0 ? "failed" : failed == 0 ? "cancelled" : "failed or cancelled";
            string then = trainsElsewhere ? "" : ", and then the same command,";
            yield return $"{Count(cancelled + failed)} {which}: 'experiments retry {grid}'{then} goes on from the checkpoints.";
        }
    }

    private static string Count(int experiments) => Figures.Count(experiments, "experiment");
}
