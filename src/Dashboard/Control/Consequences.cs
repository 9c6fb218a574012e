using Experiments.Reports;

namespace Experiments.Dashboard.Control;

/// <summary>What an action does, told before it is done.</summary>
internal static class Consequences
{
    /// <param name="experiments">To how many it applies.</param>
    /// <param name="what">Such as <c>grid dropout</c> or <c>experiment dropout/baseline</c>.</param>
    public static string Of(ControlVerb verb, string what, int experiments)
    {
        string applies = what.StartsWith("experiment", StringComparison.Ordinal) ? "" : $" It applies to {Figures.Count(experiments, "experiment")} of it.";
        return verb switch
        {
            ControlVerb.Cancel => $"Training of {what} ends at the next batch, and is not taken up again unless it is retried. Checkpoints, histories and results stay.{applies}",
            ControlVerb.Pause => $"Training of {what} stops at the next batch, with a checkpoint that holds the place inside the epoch, until it is resumed. Nothing is lost.{applies}",
            ControlVerb.Resume => $"{Capital(what)} waits for slots again, and goes on exactly where it stopped.{applies}",
            ControlVerb.Retry => $"{Capital(what)} is tried again from its last checkpoint, with the count of attempts set to zero.{applies}",
            _ => throw new InvalidOperationException($"No words for {verb}."),
        };
    }

    public static string OfDelete(GridOverview grid) =>
        $"Grid {grid.Name} is removed with the histories, weights, results, tags and notes of its {Figures.Count(grid.Experiments, "experiment")}, and its name is free again. This cannot be undone.";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
