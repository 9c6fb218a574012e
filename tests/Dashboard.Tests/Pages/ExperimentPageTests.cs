using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Dashboard.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Experiments.Dashboard.Tests.Pages;

/// <summary>The page of one experiment, of those that were really trained.</summary>
public sealed class ExperimentPageTests(TrainedCluster trained, LiveCluster live, Chromium chromium)
{
    /// <summary>Its classes have names that are no text to careless pages.</summary>
    private const string Odd = "/grids/third/experiments/rate-1-validation=0.2";

    [Fact]
    public async Task All_that_is_known_of_an_experiment_is_on_its_page_and_names_of_classes_stay_text()
    {
        var dashboard = trained.Dashboard;
        await using var page = await dashboard.Open(chromium, Odd);
        var shown = await dashboard.Json("/api" + Odd);

        await Expect(page.Find("h1")).ToHaveTextAsync("rate-1-validation=0.2");
        await Expect(page.Find(".summary")).ToContainTextAsync("2 of 2 epochs");
        await Expect(page.Find(".card.best .figure")).ToHaveTextAsync(((double)shown["test"]!["accuracy"]!).ToString("F4", CultureInfo.InvariantCulture));
        await Expect(page.Find(".facts")).ToContainTextAsync((string)shown["weightsSha256"]!);
        await Expect(page.Find(".heat tbody th")).ToHaveTextAsync([.. TrainedCluster.OddClasses, "accuracy", "macro average", "weighted average"]);
        await Expect(page.Find(".heat tbody tr").First.Locator("td").First)
            .ToHaveTextAsync(((double)shown["classificationReport"]!["classes"]![0]!["precision"]!).ToString("F4", CultureInfo.InvariantCulture));
        await Expect(page.Find("#images")).ToBeVisibleAsync();
        await Expect(page.Find(".images").Last.GetByRole(AriaRole.Img).First).ToHaveAttributeAsync("aria-label", new Regex("^Test image [0-9]+: true .+, predicted .+, probability [01]\\.[0-9]{4}$"));
        await Expect(page.Find("svg.layers")).ToHaveAttributeAsync("aria-label", new Regex("conv1 \\(Conv2D\\) to 16 × 16 × 32"));
        await Expect(page.Find("tr.differs th")).ToHaveTextAsync(["split.validation"]);
        await Expect(page.Find("#attempts ~ .scroll tbody tr")).ToContainTextAsync(["completed"]);
        await Expect(page.Find(".log tbody tr").First).ToContainTextAsync("has completed the training");
        foreach (string kind in (string[])["curves", "confusion"])
        {
            await page.Find($"experiment-chart[kind={kind}]").ScrollIntoViewIfNeededAsync();
            await Expect(page.Find($"experiment-chart[kind={kind}] canvas").First).ToBeVisibleAsync();
        }

        await Expect(page.Find("experiment-chart[kind=curves] .chart-note")).ToContainTextAsync("lowest validation loss; shaded");
        await page.Until("() => performance.getEntriesByType('resource').some(entry => entry.name.includes('images.png') && entry.responseStatus === 200)");
        await page.IsAccessible();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task A_cell_of_the_confusion_matrix_opens_its_images_by_pointer_and_by_keys()
    {
        var dashboard = trained.Dashboard;
        await using var page = await dashboard.Open(chromium, Odd);
        var counts = (await dashboard.Json($"/api{Odd}/confusion"))["counts"]!.AsArray().Select(row => row!.AsArray().Select(count => (int)count!).ToArray()).ToArray();
        var (label, predicted) = Enumerable.Range(0, 16).Select(at => (Label: at / 4, Predicted: at % 4)).Where(cell => cell.Label != cell.Predicted).MaxBy(cell => counts[cell.Label][cell.Predicted]);
        var chart = page.Find("experiment-chart[kind=confusion]");
        await chart.ScrollIntoViewIfNeededAsync();

        await chart.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Table" }).PressAsync("Enter");
        await chart.Locator("tbody tr").Nth(label).GetByRole(AriaRole.Button).Nth(predicted).PressAsync("Enter");
        await AssertOpened(label, predicted, wrong: counts[label][predicted], right: 0);
        await Expect(page.Find(".images li").First.GetByRole(AriaRole.Img)).ToHaveAttributeAsync(
            "aria-label", new Regex(Regex.Escape($": true {TrainedCluster.OddClasses[label]}, predicted {TrainedCluster.OddClasses[predicted]}, ")));

        await chart.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Table" }).ClickAsync();
        await chart.ScrollIntoViewIfNeededAsync();
        await Expect(chart.Locator("canvas").First).ToBeVisibleAsync();
        double[] at = await page.Evaluate<double[]>("echarts.getInstanceByDom(document.querySelector('experiment-chart[kind=confusion] .chart-drawing')).convertToPixel({ seriesIndex: 0 }, [1, 1])");
        await chart.Locator(".chart-drawing").ClickAsync(new LocatorClickOptions { Position = new Position { X = (float)at[0], Y = (float)at[1] } });
        await AssertOpened(1, 1, wrong: 0, right: counts[1][1]);
        Assert.Empty(page.Errors);

        async Task AssertOpened(int label, int predicted, int wrong, int right)
        {
            await Expect(page.Page).ToHaveURLAsync(new Regex($"\\?true={label}&predicted={predicted}$"));
            await Expect(page.Find("#images")).ToBeFocusedAsync();
            await Expect(page.Find(".group h3")).ToHaveTextAsync([$"Classified incorrectly: {wrong}", $"Classified correctly: {right}"]);
        }
    }

    [Fact]
    public async Task Which_images_are_shown_is_in_the_address_and_more_come_on_demand()
    {
        var dashboard = trained.Dashboard;
        await using var page = await dashboard.Open(chromium, "/grids/first/experiments/rate-1");
        var right = page.Find(".group").Last;
        await Expect(right.Locator("li")).ToHaveCountAsync(16);

        await right.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Show more" }).ClickAsync();
        await Expect(right.Locator("li")).ToHaveCountAsync(32);
        Assert.EndsWith("?right=32", page.Page.Url, StringComparison.Ordinal);
        await page.Page.GetByLabel("True class").SelectOptionAsync("top");
        await Expect(right.Locator("li")).ToHaveCountAsync(16);
        Assert.EndsWith("?true=2", page.Page.Url, StringComparison.Ordinal);

        await using var again = await dashboard.Open(chromium, "/grids/first/experiments/rate-1?true=2&right=32&x=time&y=log&show=validation&smooth=0.5");
        await Expect(again.Page.GetByLabel("True class")).ToHaveValueAsync("2");
        await Expect(again.Find(".group").Last.Locator("li")).ToHaveCountAsync(32);
        await Expect(again.Find("#curves ~ .toolbar select").Nth(0)).ToHaveValueAsync("time");
        await Expect(again.Find("#curves ~ .toolbar select").Nth(1)).ToHaveValueAsync("log");
        await Expect(again.Find("#curves ~ .toolbar select").Nth(2)).ToHaveValueAsync("validation");
        await Expect(again.Page.GetByLabel("Smoothing")).ToHaveValueAsync("0.5");
        Assert.Empty(again.Errors);
    }

    [Fact]
    public async Task Files_are_downloaded_from_the_page_and_neighbours_are_a_click_away()
    {
        var dashboard = trained.Dashboard;
        await using var page = await dashboard.Open(chromium, "/grids/first/experiments/rate-2");

        var file = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "History (CSV)" }).ClickAsync());
        Assert.Equal("first-rate-2-history.csv", file.SuggestedFilename);
        Assert.StartsWith("epoch,trainLoss", await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "next →" }).ClickAsync();
        await Expect(page.Find("h1")).ToHaveTextAsync("rate-3");
        await Expect(page.Find(".neighbours")).ToContainTextAsync("3 of 3");
        await Expect(page.Find("tr.differs td.number").First).ToHaveTextAsync("0.3");
        await Expect(page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "next →" })).ToHaveCountAsync(0);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task An_experiment_that_there_is_not_leads_back_to_its_grid()
    {
        var dashboard = trained.Dashboard;
        await using var page = await dashboard.Open(chromium, "/grids/first/experiments/rate-9");

        await Expect(page.Find("main")).ToContainTextAsync("The grid first has no experiment of this name, or it was deleted.");
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "See the grid" }).ClickAsync();
        await Expect(page.Find("h1")).ToHaveTextAsync("first");
    }

    [Fact]
    public async Task A_training_is_followed_live_and_cancelled_from_its_page()
    {
        string grid = await live.Submit("  - name: it\n    training: { batchSize: 1 }", epochs: 1_000);
        var dashboard = live.Dashboard;
        await using var page = await dashboard.Open(chromium, $"/grids/{grid}/experiments/it");
        var summary = page.Find(".summary");

        await Expect(summary).ToContainTextAsync("images/s", new() { Timeout = 15_000 });
        int seen = await Epoch();
        while (await Epoch() < seen + 2)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }

        await Expect(page.Find("experiment-chart[kind=curves] .chart-summary")).ToContainTextAsync("1 experiment over", new() { Timeout = 10_000 });
        await Expect(page.Find("#attempts ~ .scroll tbody tr")).ToContainTextAsync(["goes on"]);
        await page.Find(".head").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel", Exact = true }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync($"Training of experiment {grid}/it ends at the next batch");
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel", Exact = true }).ClickAsync();
        await Expect(summary.Locator(".status")).ToHaveTextAsync("Cancelled", new() { Timeout = 10_000 });
        await Expect(page.Find("#attempts ~ .scroll tbody tr")).ToContainTextAsync(["cancelled by a user"], new() { Timeout = 10_000 });
        Assert.Empty(page.Errors);

        Task<int> Epoch() => page.Evaluate<int>("Number(document.querySelector('.summary').innerText.match(/([\\d,]+) of [\\d,]+ epochs/)[1].replaceAll(',', ''))");
    }

    [Fact]
    public async Task A_failed_experiment_says_why_and_its_next_attempt_joins_the_first()
    {
        string grid = await live.Submit("  - name: explodes\n    training: { learningRate: 1.0e+30 }", epochs: 2);
        var dashboard = live.Dashboard;
        await using var page = await dashboard.Open(chromium, $"/grids/{grid}/experiments/explodes");
        var attempts = page.Find("#attempts ~ .scroll tbody tr");

        await Expect(page.Find("#error")).ToHaveTextAsync("Why it failed", new() { Timeout = 15_000 });
        await Expect(page.Find("#error ~ .fault")).ToContainTextAsync("diverged at epoch 1");
        await Expect(attempts).ToContainTextAsync(["failed"]);
        await Expect(page.Find(".log .level-error")).ToHaveTextAsync(["Error"]);
        await page.IsAccessible();

        await page.Find(".head").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Retry", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Retry", Exact = true }).ClickAsync();
        await Expect(attempts).ToContainTextAsync(["failed", "failed"], new() { Timeout = 15_000 });
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Tags_and_a_note_are_kept_and_stay_text()
    {
        string grid = await live.Train("  - name: it", epochs: 1);
        var dashboard = live.Dashboard;
        await using var page = await dashboard.Open(chromium, $"/grids/{grid}/experiments/it");
        const string Note = "<script>document.title = 'lost'</script> 🦊";

        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add tags or a note" }).ClickAsync();
        await page.Page.GetByLabel("Tags").FillAsync("night, <b>bold</b>");
        await page.Page.GetByLabel("Note").FillAsync(Note);
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Keep" }).ClickAsync();

        await Expect(page.Find(".summary .tag")).ToHaveTextAsync(["night", "<b>bold</b>"]);
        await Expect(page.Find(".summary .note")).ToHaveTextAsync(Note);
        Assert.Equal(Note, (string)(await dashboard.Json($"/api/grids/{grid}/experiments/it"))["annotation"]!["note"]!);
    }

    [Theory]
    [InlineData(1_300, true)]
    [InlineData(400, false)]
    [InlineData(400, true)]
    public async Task It_is_accessible_and_fits_in_every_theme_and_width(int width, bool dark)
    {
        var dashboard = trained.Dashboard;
        await using var page = await dashboard.Open(chromium, Odd, width, dark);
        foreach (var chart in await page.Find("experiment-chart").AllAsync())
        {
            await chart.ScrollIntoViewIfNeededAsync();
            await Expect(chart.Locator("canvas").First).ToBeVisibleAsync();
        }

        await page.IsAccessible();
        await page.FitsTheWindow();
    }
}
