using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>Which grids a list shows, such as <c>status:running and tag:night</c>; written as an <see cref="ExperimentFilter"/> is.</summary>
/// <remarks>
/// Its numbers are the <c>experiments</c> of a grid, how many are <c>completed</c>, <c>failed</c>, <c>running</c> and <c>pending</c>, the
/// <c>epochs</c> committed, and <c>bestValidationAccuracy</c> and <c>lastValidationAccuracy</c> as <see cref="GridOverview"/> defines them.
/// </remarks>
public sealed class GridFilter
{
    private static readonly ImmutableArray<(string Name, Func<GridOverview, double?> Of)> Numbers =
    [
        ("experiments", grid => grid.Experiments), ("completed", grid => grid.Completed), ("failed", grid => grid.Failed),
        ("running", grid => grid.Running), ("pending", grid => grid.Pending), ("epochs", grid => grid.EpochsCommitted),
        ("bestValidationAccuracy", grid => grid.BestValidationAccuracy), ("lastValidationAccuracy", grid => grid.LastValidationAccuracy),
    ];

    private static readonly FilterWords<GridOverview> Words = new(
        grid => grid.Name,
        [.. Enum.GetNames<GridStatus>()],
        grid => (int)grid.Status,
        grid => grid.Annotation?.Tags ?? [],
        [.. Numbers.Select(number => number.Name)],
        name => Numbers.FirstOrDefault(number => number.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Of,
        _ => null,
        "failed > 0");

    private readonly Func<GridOverview, bool> _holds;

    private GridFilter(Func<GridOverview, bool> holds) => _holds = holds;

    /// <param name="text">Blank for all grids.</param>
    /// <exception cref="FilterException">It is no filter.</exception>
    public static GridFilter Parse(string text) => new(string.IsNullOrWhiteSpace(text) ? _ => true : new FilterParser<GridOverview>(text, Words).Read());

    public bool Matches(GridOverview grid) => _holds(grid);
}
