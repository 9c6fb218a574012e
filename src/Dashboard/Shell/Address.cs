namespace Experiments.Dashboard.Shell;

/// <summary>Where pages are.</summary>
internal static class Address
{
    public static string Of(string grid) => $"/grids/{Uri.EscapeDataString(grid)}";

    public static string Of(string grid, string experiment) => $"{Of(grid)}/experiments/{Uri.EscapeDataString(experiment)}";
}
