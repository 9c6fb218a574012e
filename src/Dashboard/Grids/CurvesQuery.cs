namespace Experiments.Dashboard.Grids;

internal static class CurvesQuery
{
    /// <summary>Curves that are drawn at once: more would hide one another.</summary>
    public const int Most = 1_000;
}
