using System.Collections.Immutable;
using System.ComponentModel;
using Experiments.Dashboard.Grids;
using Experiments.Dashboard.Shell;
using Experiments.GridFiles;
using Experiments.Pictures;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Dashboard.Datasets;

/// <summary>Images of a grid's dataset, many as one picture: what shows them shows parts of it.</summary>
internal static class PictureEndpoints
{
    /// <summary>Images of each class, and images in a row, where nothing is said.</summary>
    public const int UsualSamples = 8, UsualColumns = 4;

    private const int UsualImages = 16, MostColumns = 100;
    private const string Sha256Description = "The dataset's checksum. With it, the picture may be kept for ever: another dataset has another address.";

    public static void MapPictures(this RouteGroupBuilder dataset)
    {
        dataset.MapGet("/images.png", Images).WithName("ShowImages").WithSummary("Shows images of a grid's dataset as one picture: row by row, side by side, as large as they are.")
            .Produces<Stream>(contentType: Picture.Type);
        dataset.MapGet("/samples.png", Samples).WithName("ShowSamples").WithSummary("Shows the first training images of each class as one picture: a row for each class, black where it has no more.")
            .Produces<Stream>(contentType: Picture.Type);
    }

    /// <summary>Classes that a picture of samples shows at most.</summary>
    public static int RowsOf(int perClass) => DatasetViews.MostImages / perClass;

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Images(
        GridFinder finder,
        HttpContext context,
        [Description(GridEndpoints.GridDescription)] string grid,
        [Description("train (those for validation included) or test; test without it.")] string? part,
        [Description("Numbers of images of the part, from 0, such as 17,3,250: at most 1000. The first 16 without it.")] string? indices,
        [Description("Images in a row: 1 to 100; 4 without it.")] string? columns,
        [Description(Sha256Description)] string? sha256,
        CancellationToken stop)
    {
        if (PartOf(part) is not { } of) return Bad($"part: '{Shown.Of(part!)}' is neither train nor test.");
        if (Numbers(indices) is not { } numbers) return Bad(FormattableString.Invariant($"indices: give up to {DatasetViews.MostImages} whole numbers from 0, with commas between."));
        if (Number(columns, UsualColumns, MostColumns) is not { } perRow) return Bad(FormattableString.Invariant($"columns: give a whole number from 1 to {MostColumns}."));

        var (_, view, unknown) = await finder.View(grid, stop);
        if (view is null) return unknown!;
        if (Picture.Mismatch(view.Definition.Dataset, sha256) is { } mismatch) return mismatch;

        try
        {
            var images = await finder.Grains.GetGrain<IDatasetViewGrain>(0).ReadImages(view.Definition.Dataset, of, numbers, stop);
            return Picture.Of(context, SpriteSheet.Draw(Picture.Images(images), perRow), isForEver: sha256 is not null);
        }
        catch (ArgumentException exception)
        {
            return Bad(exception.Message);
        }
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Samples(
        GridFinder finder,
        HttpContext context,
        [Description(GridEndpoints.GridDescription)] string grid,
        [Description("Images of each class: 1 to 20; 8 without it. Classes beyond 1000 images are left out.")] string? perClass,
        [Description(Sha256Description)] string? sha256,
        CancellationToken stop)
    {
        if (Number(perClass, UsualSamples, DatasetViews.MostSamples) is not { } perRow) return Bad(FormattableString.Invariant($"perClass: give a whole number from 1 to {DatasetViews.MostSamples}."));

        var (_, view, unknown) = await finder.View(grid, stop);
        if (view is null) return unknown!;
        if (Picture.Mismatch(view.Definition.Dataset, sha256) is { } mismatch) return mismatch;

        var (grain, dataset) = (finder.Grains.GetGrain<IDatasetViewGrain>(0), view.Definition.Dataset);
        ImmutableArray<ImmutableArray<int>> rows = [.. (await grain.FindSamples(dataset, perRow, stop)).Take(RowsOf(perRow))];
        var images = await grain.ReadImages(dataset, DatasetPart.Train, [.. rows.SelectMany(row => row)], stop);
        var left = new Queue<GreyImage>(Picture.Images(images));
        var black = new GreyImage(images.Size.Height, images.Size.Width, new byte[images.Size.Height * images.Size.Width]);
        GreyImage[] sheet = [.. rows.SelectMany(row => Enumerable.Range(0, perRow).Select(column => column < row.Length ? left.Dequeue() : black))];
        return Picture.Of(context, SpriteSheet.Draw(sheet, perRow), isForEver: sha256 is not null);
    }

    private static DatasetPart? PartOf(string? text) => text?.ToUpperInvariant() switch
    {
        null or "" or "TEST" => DatasetPart.Test,
        "TRAIN" => DatasetPart.Train,
        _ => null,
    };

    private static ImmutableArray<int>? Numbers(string? text)
    {
        if (string.IsNullOrEmpty(text)) return [.. Enumerable.Range(0, UsualImages)];

        var numbers = ImmutableArray.CreateBuilder<int>();
        foreach (string part in text.Split(','))
        {
            if (numbers.Count == DatasetViews.MostImages || WholeNumber.Read(part, 0, int.MaxValue) is not { } number) return null;
            numbers.Add(number);
        }

        return numbers.ToImmutable();
    }

    private static int? Number(string? text, int usual, int most) =>
        string.IsNullOrEmpty(text) ? usual : WholeNumber.Read(text, 1, most);

    private static ProblemHttpResult Bad(string detail) => TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The picture cannot be drawn.", detail: detail);
}
