using Experiments.Dashboard.Snapshots;
using Experiments.GridFiles;
using Experiments.Pictures;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Experiments.Dashboard.Datasets;

/// <summary>Images of a dataset as an answer.</summary>
internal static class Picture
{
    public const string Type = "image/png";

    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <param name="png">What is answered.</param>
    /// <param name="isForEver">Whether its address names all that it shows, so that nobody need ask twice.</param>
    public static FileContentHttpResult Of(HttpContext context, byte[] png, bool isForEver)
    {
        var cache = new CacheControlHeaderValue { Private = true };
        if (isForEver)
        {
            cache.MaxAge = Year;
            cache.Extensions.Add(new NameValueHeaderValue("immutable"));
        }
        else
        {
            cache.NoCache = true;
        }

        context.Response.GetTypedHeaders().CacheControl = cache;
        return TypedResults.File(png, Type, entityTag: ContentTag.Of(png));
    }

    /// <summary>What to answer where the address names another dataset than the grid's; null where it names this one, or none.</summary>
    public static ProblemHttpResult? Mismatch(DatasetReference dataset, string? sha256) => sha256 is null || sha256 == dataset.Sha256 ? null : TypedResults.Problem(
        statusCode: StatusCodes.Status404NotFound,
        title: $"The grid's dataset is not '{Shown.Of(sha256)}'.",
        detail: $"It is {dataset.Sha256}.");

    public static GreyImage[] Images(ImageBatch batch)
    {
        var (height, width) = (batch.Size.Height, batch.Size.Width);
        return [.. batch.Labels.Select((_, index) => new GreyImage(height, width, batch.Pixels.AsMemory(index * height * width, height * width)))];
    }
}
