namespace Experiments.Dashboard.Grids;

internal static class NumberLists
{
    /// <summary>An address that somebody has broken shows none, and the page as if it were not there.</summary>
    public static NumberList? ReadOrNone(string? text)
    {
        try
        {
            return NumberList.Parse(text);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
