using System.Net;
using SkiaSharp;

namespace Experiments.Dashboard.Tests;

public sealed class DatasetEndpointsTests(TrainedCluster cluster)
{
    private const string Dataset = "/api/grids/first/dataset";

    /// <summary>Pixels of an image's height and width.</summary>
    private const int Side = 18;

    [Fact]
    public async Task A_dataset_tells_how_many_images_of_each_class_every_part_has()
    {
        var dashboard = cluster.Dashboard;

        var dataset = await dashboard.Json(Dataset);

        Assert.Equal("halves", (string)dataset["name"]!);
        Assert.Equal([Side, Side], dataset["imageSize"]!.AsArray().Select(size => (int)size!));
        Assert.Equal(64, ((string)dataset["sha256"]!).Length);
        var parts = dataset["splits"]!;
        Assert.Equal((400, 320, 80, 400), ((int)parts["full"]!["count"]!, (int)parts["train"]!["count"]!, (int)parts["validation"]!["count"]!, (int)parts["test"]!["count"]!));
        foreach (string part in (string[])["full", "train", "validation", "test"]) Assert.Equal((int)parts[part]!["count"]!, parts[part]!["perClass"]!.AsArray().Sum(count => (int)count!));
        var split = Assert.Single(dataset["gridSplits"]!.AsArray())!;
        Assert.Equal((1, 0.2, 2018, 3), ((int)split["number"]!, (double)split["validation"]!, (int)split["seed"]!, (int)split["experiments"]!));

        var chart = await dashboard.Json($"{Dataset}/distribution");
        Assert.Equal(["train", "validation", "test"], chart["splits"]!.AsArray().Select(of => (string)of!["name"]!));
        Assert.Equal(parts["validation"]!["perClass"]!.ToJsonString(), chart["splits"]![1]!["counts"]!.ToJsonString());
    }

    [Fact]
    public async Task Each_split_of_a_grid_divides_the_images_in_its_own_way()
    {
        var dashboard = cluster.Dashboard;

        var half = await dashboard.Json("/api/grids/third/dataset?split=2");

        Assert.Equal((2, 200), ((int)half["split"]!, (int)half["splits"]!["validation"]!["count"]!));
        Assert.Equal(
            ("The grid has no split '3'.", "Give a number from 1 to 2, or leave it out for the first."),
            await dashboard.Problem("/api/grids/third/dataset?split=3", HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Images_come_as_one_picture_in_the_order_asked_for()
    {
        var dashboard = cluster.Dashboard;

        using var sheet = await Picture(dashboard, $"{Dataset}/images.png?indices=5,3,3&columns=2");
        using var one = await Picture(dashboard, $"{Dataset}/images.png?indices=3");
        using var trained = await Picture(dashboard, $"{Dataset}/images.png?indices=3&part=train");

        Assert.Equal((2 * Side, 2 * Side), (sheet.Width, sheet.Height));
        Assert.Equal(Pixels(one, 0, 0), Pixels(sheet, 1, 0));
        Assert.Equal(Pixels(one, 0, 0), Pixels(sheet, 0, 1));
        Assert.NotEqual(Pixels(one, 0, 0), Pixels(sheet, 0, 0));
        Assert.NotEqual(Pixels(one, 0, 0), Pixels(trained, 0, 0));
    }

    [Fact]
    public async Task Samples_have_a_row_for_each_class()
    {
        var dashboard = cluster.Dashboard;

        using var samples = await Picture(dashboard, $"{Dataset}/samples.png?perClass=5");

        Assert.Equal((5 * Side, 4 * Side), (samples.Width, samples.Height));
        // The left half of the first class is the brighter one, and the upper one of the third.
        Assert.True(Mean(samples, 0, 0, Side / 2, Side) > Mean(samples, Side / 2, 0, Side / 2, Side));
        Assert.True(Mean(samples, 0, 2 * Side, Side, Side / 2) > Mean(samples, 0, (2 * Side) + (Side / 2), Side, Side / 2));
    }

    [Theory]
    [InlineData("images.png?indices=1,2")]
    [InlineData("samples.png?perClass=3")]
    public async Task A_picture_whose_address_names_the_content_is_kept_for_ever(string picture)
    {
        var dashboard = cluster.Dashboard;
        string sha256 = (string)(await dashboard.Json(Dataset))["sha256"]!;

        using var kept = await dashboard.Get($"{Dataset}/{picture}&sha256={sha256}");
        Assert.Equal("max-age=31536000, private, immutable", kept.Headers.CacheControl!.ToString());
        using var asked = await dashboard.Get($"{Dataset}/{picture}");
        Assert.True(asked.Headers.CacheControl!.NoCache);
        using var again = await dashboard.GetUnless($"{Dataset}/{picture}", asked.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);

        Assert.Equal("The grid's dataset is not 'another'.", (await dashboard.Problem($"{Dataset}/{picture}&sha256=another", HttpStatusCode.NotFound)).Title);
    }

    [Theory]
    [InlineData("images.png?indices=1,-2", "whole numbers from 0")]
    [InlineData("images.png?indices=400", "There is no image 400")]
    [InlineData("images.png?columns=0", "from 1 to 100")]
    [InlineData("images.png?part=both", "neither train nor test")]
    [InlineData("samples.png?perClass=21", "from 1 to 20")]
    public async Task A_picture_that_there_cannot_be_is_refused_with_the_remedy(string picture, string remedy)
    {
        var dashboard = cluster.Dashboard;

        var (title, detail) = await dashboard.Problem($"{Dataset}/{picture}", HttpStatusCode.BadRequest);

        Assert.Equal("The picture cannot be drawn.", title);
        Assert.Contains(remedy, detail, StringComparison.Ordinal);
    }

    private static async Task<SKBitmap> Picture(RunningDashboard dashboard, string path)
    {
        using var answer = await dashboard.Get(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.MediaType);
        return SKBitmap.Decode(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private static SKColor[] Pixels(SKBitmap sheet, int column, int row) =>
        [.. Enumerable.Range(0, Side * Side).Select(at => sheet.GetPixel((column * Side) + (at % Side), (row * Side) + (at / Side)))];

    private static double Mean(SKBitmap sheet, int left, int top, int width, int height) =>
        Enumerable.Range(0, width * height).Average(at => (double)sheet.GetPixel(left + (at % width), top + (at / width)).Red);
}
