using System.Collections.Immutable;
using System.ComponentModel;
using Experiments.Dashboard.Grids;
using Experiments.Dashboard.Security;
using Experiments.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Dashboard.Control;

/// <summary>What changes grids that exist.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder app)
    {
        var grids = app.MapGroup("/api/grids/{grid}").WithTags("Control").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        foreach (var verb in ControlVerbs.All)
        {
            string name = ControlText.Name(verb);
            grids.MapPost($"/{name}", (GridFinder finder, SeenChanges changes, [Description(GridEndpoints.GridDescription)] string grid, CancellationToken stop) =>
                    ControlGrid(finder, changes, verb, grid, stop))
                .WithName($"{verb}Grid").WithSummary($"Asks every experiment of a grid to {name}, as far as its status allows; the others stay as they are.").Changing();
            grids.MapPost($"/experiments/{{experiment}}/{name}", (
                        GridFinder finder,
                        SeenChanges changes,
                        [Description(GridEndpoints.GridDescription)] string grid,
                        [Description(ExperimentEndpoints.ExperimentDescription)] string experiment,
                        CancellationToken stop) =>
                    ControlExperiment(finder, changes, verb, grid, experiment, stop))
                .WithName($"{verb}Experiment").WithSummary($"Asks an experiment to {name}.").ProducesProblem(StatusCodes.Status409Conflict).Changing();
        }

        grids.MapDelete("", Delete).WithName("DeleteGrid").WithSummary("Deletes a grid that has ended, with all that is stored of it, and frees its name.")
            .ProducesProblem(StatusCodes.Status409Conflict).Changing();
        grids.MapPut("/annotation", AnnotateGrid).WithName("AnnotateGrid").WithSummary("Puts tags and a note in place of those that the grid has; empty ones take them away.")
            .ProducesProblem(StatusCodes.Status400BadRequest).Changing();
        grids.MapPut("/experiments/{experiment}/annotation", AnnotateExperiment)
            .WithName("AnnotateExperiment").WithSummary("Puts tags and a note in place of those that the experiment has; empty ones take them away.")
            .ProducesProblem(StatusCodes.Status400BadRequest).Changing();
    }

    private static async Task<Results<Ok<ControlResult>, ProblemHttpResult>> ControlGrid(GridFinder finder, SeenChanges changes, ControlVerb verb, string grid, CancellationToken stop)
    {
        var (name, unknown) = await finder.FindName(grid, stop);
        if (name is null) return unknown!;

        return await changes.Apply(name.Name, found => found.Control(verb, experiment: null, CancellationToken.None)) is { } result
            ? TypedResults.Ok(result)
            : Unknown.Grid(grid, []);
    }

    private static async Task<Results<Ok<ControlResult>, ProblemHttpResult>> ControlExperiment(
        GridFinder finder, SeenChanges changes, ControlVerb verb, string grid, string experiment, CancellationToken stop)
    {
        var (name, unknown) = await finder.FindName(grid, stop);
        if (name is null) return unknown!;
        if (await changes.Apply(name.Name, found => found.Control(verb, experiment, CancellationToken.None)) is not { } result) return await NoExperiment(finder, name, experiment, stop);

        return result.Changed > 0
            ? TypedResults.Ok(result)
            : TypedResults.Problem(
                statusCode: StatusCodes.Status409Conflict,
                title: $"There is nothing to {ControlText.Name(verb)}.",
                detail: ControlText.Refusal(verb, $"{name.Name}/{experiment}", result.Status!.Value));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        GridFinder finder, SeenChanges changes, [Description(GridEndpoints.GridDescription)] string grid, CancellationToken stop)
    {
        var (name, unknown) = await finder.FindName(grid, stop);
        if (name is null) return unknown!;

        int unfinished = await changes.Apply(name.Name, found => found.Delete(name.Id, CancellationToken.None));
        return unfinished == 0
            ? TypedResults.NoContent()
            : TypedResults.Problem(
                statusCode: StatusCodes.Status409Conflict,
                title: $"Grid '{name.Name}' has {Figures.Count(unfinished, "unfinished experiment")}.",
                detail: $"Cancel first: POST /api/grids/{name.Name}/cancel.");
    }

    private static async Task<Results<Ok<Annotation>, ProblemHttpResult>> AnnotateGrid(
        GridFinder finder, SeenChanges changes, [Description(GridEndpoints.GridDescription)] string grid, AnnotationRequest written, CancellationToken stop)
    {
        var (name, unknown) = await finder.FindName(grid, stop);
        if (name is null) return unknown!;

        return await Annotate(changes, name, experiment: null, written) ?? Unknown.Grid(grid, []);
    }

    private static async Task<Results<Ok<Annotation>, ProblemHttpResult>> AnnotateExperiment(
        GridFinder finder,
        SeenChanges changes,
        [Description(GridEndpoints.GridDescription)] string grid,
        [Description(ExperimentEndpoints.ExperimentDescription)] string experiment,
        AnnotationRequest written,
        CancellationToken stop)
    {
        var (name, unknown) = await finder.FindName(grid, stop);
        if (name is null) return unknown!;

        return await Annotate(changes, name, experiment, written) ?? await NoExperiment(finder, name, experiment, stop);
    }

    /// <returns>Null where there is no such grid or experiment.</returns>
    private static async Task<Results<Ok<Annotation>, ProblemHttpResult>?> Annotate(SeenChanges changes, GridName grid, string? experiment, AnnotationRequest written)
    {
        try
        {
            var annotation = Annotation.Create(written.Tags ?? [], written.Note ?? "");
            return await changes.Apply(grid.Name, found => found.Annotate(experiment, annotation, CancellationToken.None))
                ? (Results<Ok<Annotation>, ProblemHttpResult>)TypedResults.Ok(annotation)
                : null;
        }
        catch (AnnotationException exception)
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: "Tags or note cannot be kept.", detail: exception.Message);
        }
    }

    private static async Task<ProblemHttpResult> NoExperiment(GridFinder finder, GridName grid, string experiment, CancellationToken stop)
    {
        var definition = await finder.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(grid.Name)).GetDefinition(stop);
        return definition is null ? Unknown.Grid(grid.Name, []) : Unknown.Experiment(experiment, grid.Name, [.. definition.Experiments.Select(known => known.Name)]);
    }
}

/// <summary>What people write about a grid or an experiment, in place of what they wrote before.</summary>
/// <param name="Tags">At most 20 of 1 to 50 characters; none without it.</param>
/// <param name="Note">Up to 10,000 characters; none without it.</param>
internal sealed record AnnotationRequest(ImmutableArray<string>? Tags, string? Note);
