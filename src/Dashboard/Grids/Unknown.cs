using Experiments.GridFiles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Dashboard.Grids;

/// <summary>What to answer where nothing has the name.</summary>
internal static class Unknown
{
    public static ProblemHttpResult Grid(string asked, IReadOnlyCollection<string> names) =>
        Problem($"There is no grid '{Shown.Of(asked)}'.", asked, names, "GET /api/grids lists all.");

    /// <param name="grid">The grid's name.</param>
    public static ProblemHttpResult Experiment(string asked, string grid, IReadOnlyCollection<string> names) =>
        Problem($"The grid '{grid}' has no experiment '{Shown.Of(asked)}'.", asked, names, $"GET /api/grids/{grid}/experiments lists all.");

    /// <param name="what">Such as <c>predictions</c>.</param>
    /// <param name="remedy">When there will be some.</param>
    public static ProblemHttpResult Results(string experiment, string what, string remedy) =>
        TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: $"The experiment '{experiment}' has no {what} yet.", detail: remedy);

    private static ProblemHttpResult Problem(string title, string asked, IReadOnlyCollection<string> names, string remedy)
    {
        string[] meant = names.Count == 0 ? [] : [.. NearestKey.Nearest(asked, names)];
        string guess = meant.Length == 0 ? "" : $"Did you mean {string.Join(" or ", meant.Select(name => $"'{name}'"))}? ";
        return TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: title, detail: guess + remedy);
    }
}
