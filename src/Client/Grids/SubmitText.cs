using System.Globalization;

namespace Experiments.Client.Grids;

/// <summary>What came of a submit, in a line.</summary>
internal static class SubmitText
{
    public static string Of(SubmitResult submitted)
    {
        var grid = submitted.Grid;
        string experiments = grid.Experiments == 1 ? "1 experiment" : string.Create(CultureInfo.InvariantCulture, $"{grid.Experiments:N0} experiments");
        return submitted.Created
            ? $"Grid {grid.Name} ({grid.Id}): {experiments} submitted."
            : string.Create(CultureInfo.InvariantCulture, $"Grid {grid.Name} ({grid.Id}): {experiments}, {grid.Completed:N0} completed before; it goes on.");
    }
}
