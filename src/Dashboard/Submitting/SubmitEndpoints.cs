using Experiments.Dashboard.Control;
using Experiments.Dashboard.Security;
using Experiments.Reports;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;

namespace Experiments.Dashboard.Submitting;

internal static class SubmitEndpoints
{
    public static void MapSubmitting(this IEndpointRouteBuilder app)
    {
        var grids = app.MapGroup("/api/grids").WithTags("Grids").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        grids.MapPost("", Submit).WithName("SubmitGrid").WithSummary("Submits a grid file: creates its grid, or goes on with the one of its name.").TakesGridFile()
            .ProducesProblem(StatusCodes.Status409Conflict).Changing();
        grids.MapPost("/validate", Validate).WithName("ValidateGrid").WithSummary("Tells what a grid file comes to, and all that is wrong with it. Nothing is submitted.").TakesGridFile();
    }

    private static async Task<Results<Created<SubmitAnswer>, Ok<SubmitAnswer>, ProblemHttpResult>> Submit(HttpContext context, GridDrafts drafts, SeenChanges changes)
    {
        var (request, problem) = await GridRequest.Read(context);
        if (request is null) return problem!;

        var draft = await drafts.Check(request.Yaml, request.Set ?? [], context.RequestAborted);
        if (draft.Definition is not { } definition) return Faulty(draft);

        try
        {
            var submitted = await changes.Apply(definition.Name, grid => grid.Submit(definition, CancellationToken.None));
            var answer = new SubmitAnswer(GridHead.Of(submitted.Grid), submitted.Created, submitted.Grid.Experiments);
            return submitted.Created ? TypedResults.Created($"/api/grids/{definition.Name}", answer) : TypedResults.Ok(answer);
        }
        catch (GridConflictException exception)
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status409Conflict,
                title: $"Grid '{definition.Name}' exists and differs.",
                detail: $"{string.Join("; ", exception.Differences)}. Give the changed grid another name.",
                extensions: [new("differences", exception.Differences)]);
        }
        catch (DatasetMissingException exception)
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The data are not in the storage.", detail: exception.Message);
        }
    }

    private static async Task<Results<Ok<DraftAnswer>, ProblemHttpResult>> Validate(HttpContext context, GridDrafts drafts)
    {
        var (request, problem) = await GridRequest.Read(context);
        if (request is null) return problem!;

        var draft = await drafts.Check(request.Yaml, request.Set ?? [], context.RequestAborted);
        return TypedResults.Ok(DraftAnswer.Of(draft, draft.Definition is { } definition ? await drafts.Foresee(definition, context.RequestAborted) : null));
    }

    private static ProblemHttpResult Faulty(GridDraft draft) => TypedResults.Problem(
        statusCode: StatusCodes.Status400BadRequest,
        title: "The grid file is wrong.",
        detail: $"{Figures.Count(draft.Faults.Length, "fault")}: correct what faults says, line by line.",
        extensions: [new("faults", DraftFault.Of(draft))]);

    private static RouteHandlerBuilder TakesGridFile(this RouteHandlerBuilder endpoint) => endpoint
        .Accepts<GridRequest>(GridRequest.Json, GridRequest.ApplicationYaml, GridRequest.TextYaml)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            // The text itself, not JSON.
            foreach (string type in (string[])[GridRequest.ApplicationYaml, GridRequest.TextYaml])
                operation.RequestBody!.Content![type].Schema = new OpenApiSchema { Type = JsonSchemaType.String };
            return Task.CompletedTask;
        });
}

/// <param name="Created">Whether the name was new.</param>
/// <param name="Experiments">How many the grid has now.</param>
internal sealed record SubmitAnswer(GridHead Grid, bool Created, int Experiments);
