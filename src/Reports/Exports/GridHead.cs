namespace Experiments.Reports;

/// <summary><c>grid</c> in results.json and in the answer of <c>submit --json</c>.</summary>
/// <param name="CompletedAt">Null while an experiment has not reached a final status.</param>
/// <param name="Annotation">Left out where people wrote nothing.</param>
public sealed record GridHead(
    string Id, string Name, GridStatus Status, DateTimeOffset SubmittedAt, DateTimeOffset? CompletedAt, DatasetReference Dataset, Annotation? Annotation)
{
    public static GridHead Of(GridOverview grid) =>
        new(grid.Id, grid.Name, grid.Status, grid.SubmittedAt, grid.CompletedAt, grid.Dataset, grid.Annotation);
}
