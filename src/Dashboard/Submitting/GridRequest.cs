using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Experiments.Dashboard.Submitting;

/// <summary>A grid file as a program sends it: as it is, or in JSON with what goes over it.</summary>
/// <param name="Yaml">The text of a grid file.</param>
/// <param name="Set">As <c>--set</c>, each <c>key=value</c>, such as <c>training.epochs=2</c>; may be left out.</param>
internal sealed record GridRequest(string Yaml, ImmutableArray<string>? Set = null)
{
    public const string Json = "application/json", ApplicationYaml = "application/yaml", TextYaml = "text/yaml";

    /// <returns>The request, or what to answer where its body is none.</returns>
    /// <exception cref="BadHttpRequestException">It is larger than any may be, or breaks off.</exception>
    public static async Task<(GridRequest? Request, ProblemHttpResult? Problem)> Read(HttpContext context)
    {
        try
        {
            // Routing lets in no other types than those that the endpoint accepts.
            return (context.Request.HasJsonContentType() ? await ReadJson(context) : new GridRequest(await ReadText(context)), null);
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException)
        {
            string reason = exception is JsonException ? exception.Message : "It is not UTF-8.";
            return (null, TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The body cannot be read.", detail: reason));
        }
    }

    private static async Task<GridRequest> ReadJson(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var request = await JsonSerializer.DeserializeAsync<GridRequest>(context.Request.Body, options, context.RequestAborted);
        return request is { Yaml: not null } && request.Set?.Contains(null!) != true ? request : throw new JsonException("It wants yaml, the text of a grid file, and may have set, a list of texts.");
    }

    private static async Task<string> ReadText(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        return await reader.ReadToEndAsync(context.RequestAborted);
    }
}
