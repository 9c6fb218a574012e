using Experiments.Dashboard.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Experiments.Dashboard.Tests.Pages;

public sealed class DatasetPageTests(TrainedCluster trained, Chromium chromium)
{
    [Fact]
    public async Task Datasets_are_listed_with_the_grids_that_train_on_them()
    {
        var dashboard = trained.Dashboard;
        await using var page = await dashboard.Open(chromium, "/");

        await page.Page.Keyboard.PressAsync("d");

        // What the third grid calls its classes makes it another dataset.
        await Expect(page.Find("tbody tr")).ToHaveCountAsync(2);
        await Expect(page.Find("tbody td:last-child a")).ToHaveTextAsync(["third", "second", "first"]);
        await Expect(page.Find("tbody tr").First).ToContainTextAsync("stored in the cluster");
        await page.IsAccessible();
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "first", Exact = true }).ClickAsync();
        await Expect(page.Find("h1")).ToHaveTextAsync("halves");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task A_dataset_shows_how_a_grid_splits_it_and_names_of_classes_stay_text()
    {
        var dashboard = trained.Dashboard;
        await using var page = await dashboard.Open(chromium, "/datasets/third");
        var dataset = await dashboard.Json("/api/grids/third/dataset");
        var sizes = page.Find(".card .figure");

        await Expect(sizes).ToHaveTextAsync(["320", "80", "400"]);
        await Expect(page.Find(".facts")).ToContainTextAsync((string)dataset["sha256"]!);
        await Expect(page.Find(".facts")).ToContainTextAsync("18 × 18 pixels");
        await Expect(page.Find(".samples h3")).ToHaveTextAsync(TrainedCluster.OddClasses);
        await Expect(page.Find(".samples").GetByRole(AriaRole.Img).First).ToHaveAttributeAsync("aria-label", $"The first training images of class {TrainedCluster.OddClasses[0]}");
        await Expect(page.Find("experiment-chart canvas").First).ToBeVisibleAsync();

        await page.Find("select").SelectOptionAsync("2");
        await Expect(sizes).ToHaveTextAsync(["200", "200", "400"]);
        await Expect(page.Find("experiment-chart .chart-summary")).ToContainTextAsync("validation has 200 images");
        Assert.EndsWith("/datasets/third?split=2", page.Page.Url, StringComparison.Ordinal);

        await using var again = await dashboard.Open(chromium, "/datasets/third?split=2");
        await Expect(again.Find(".card .figure")).ToHaveTextAsync(["200", "200", "400"]);
        await again.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Table" }).ClickAsync();
        await Expect(again.Find("experiment-chart tbody tr")).ToHaveCountAsync(4);
        await again.IsAccessible();
        Assert.Empty(page.Errors.Concat(again.Errors));
    }

    [Theory]
    [InlineData("/datasets", 400, false)]
    [InlineData("/datasets", 1_300, true)]
    [InlineData("/datasets/third", 400, true)]
    [InlineData("/datasets/third", 1_300, true)]
    [InlineData("/datasets/third", 1_300, false)]
    public async Task They_are_accessible_and_fit_in_every_theme_and_width(string path, int width, bool dark)
    {
        var dashboard = trained.Dashboard;
        await using var page = await dashboard.Open(chromium, path, width, dark);
        await Expect(page.Find("tbody tr, .samples li").First).ToBeVisibleAsync();

        await page.IsAccessible();
        await page.FitsTheWindow();
        Assert.Empty(page.Errors);
    }
}
