using System.Globalization;
using Experiments.Reports;

namespace Experiments.Client.Grids;

/// <summary>What came of a submit, in a line.</summary>
internal static class SubmitText
{
    public static string Of(SubmitResult submitted)
    {
        var grid = submitted.Grid;
        string experiments = Figures.Count(grid.Experiments, "experiment");
        return submitted.Created
            ? $"Grid {grid.Name} ({grid.Id}): {experiments} submitted."
            : string.Create(CultureInfo.InvariantCulture, $"Grid {grid.Name} ({grid.Id}): {experiments}, {grid.Completed:N0} completed before; it goes on.");
    }
}
