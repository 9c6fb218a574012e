using Microsoft.AspNetCore.Http.Extensions;

namespace Experiments.Dashboard.Grids;

/// <summary>Where pages find JSON.</summary>
internal static class ApiAddress
{
    public static string Of(string grid) => $"/api/grids/{Uri.EscapeDataString(grid)}";

    public static string Of(string grid, string experiment) => $"{Of(grid)}/experiments/{Uri.EscapeDataString(experiment)}";

    public static string Curves(string grid, string? filter, string? sort, string? only) => With($"{Of(grid)}/curves", ("filter", filter), ("sort", sort), ("only", only));

    /// <param name="parameters">Those that are null are left out.</param>
    public static string With(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value)) query.Add(name, value);
        }

        return path + query.ToQueryString();
    }
}
