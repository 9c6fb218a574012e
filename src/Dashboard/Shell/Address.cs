using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Shell;

/// <summary>Where pages are.</summary>
internal static class Address
{
    public static string Of(string grid) => $"/grids/{Uri.EscapeDataString(grid)}";

    /// <summary>A part of the page that is shown now.</summary>
    public static string ToPart(NavigationManager navigation, string id) => new Uri(navigation.Uri).PathAndQuery + "#" + id;

    /// <summary>Of the data that a grid trains on.</summary>
    public static string OfDataset(string grid) => $"/datasets/{Uri.EscapeDataString(grid)}";

    public static string Of(string grid, string experiment) => $"{Of(grid)}/experiments/{Uri.EscapeDataString(experiment)}";
}
