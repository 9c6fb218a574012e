using System.Globalization;
using Experiments.Dashboard.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Experiments.Dashboard.Tests.Pages;

/// <summary>The page of a grid that was really trained: two variants with two seeds each.</summary>
public sealed class GridPageTests(LiveCluster live, Chromium chromium)
{
    private const string TwoVariants =
        """
          - name: baseline
            matrix: { training.seed: [1, 2] }
          - name: dropout
            dropout: 0.3
            matrix: { training.seed: [1, 2] }
        """;

    [Fact]
    public async Task Whether_dropout_helps_and_whether_it_is_noise_is_two_clicks_from_the_first_page()
    {
        string grid = await live.Train(TwoVariants, epochs: 3);
        var dashboard = live.Dashboard;
        await using var page = await dashboard.Open(chromium, "/");

        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = grid, Exact = true }).ClickAsync();

        await Expect(page.Find(".verdict .sentence")).ToContainTextAsync("over 2 seeds");
        await Expect(page.Find(".verdict .card.best")).ToContainTextAsync("best mean test accuracy, 2 seeds");
        await Expect(page.Find(".verdict .chance")).ToContainTextAsync("noise");
        await Expect(page.Find("experiment-chart[kind=curves] canvas")).ToBeVisibleAsync();
        await Expect(page.Find("experiment-chart[kind=curves] .chart-summary").First).ToContainTextAsync("4 experiments over 3 epochs");
        await Expect(page.Find(".experiments tbody a.name")).ToHaveTextAsync(["baseline-seed=1", "baseline-seed=2", "dropout-seed=1", "dropout-seed=2"]);
        foreach (string part in (string[])["parameters", "classes"])
        {
            await page.Find($"#{part}").ScrollIntoViewIfNeededAsync();
        }

        foreach (string kind in (string[])["parallel", "importance", "effect", "differences"])
        {
            await page.Find($"experiment-chart[kind={kind}]").ScrollIntoViewIfNeededAsync();
            await Expect(page.Find($"experiment-chart[kind={kind}] canvas")).ToBeVisibleAsync();
        }

        await page.IsAccessible();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Experiments_that_are_chosen_faster_than_the_address_follows_are_all_chosen()
    {
        string grid = await live.Train(TwoVariants, epochs: 1);
        var dashboard = live.Dashboard;
        await using var page = await dashboard.Open(chromium, $"/grids/{grid}");
        await Expect(page.Find(".unfilled")).ToHaveCountAsync(0);
        await Expect(page.Find(".experiments tbody input")).ToHaveCountAsync(4);

        await page.Evaluate<object?>("() => { for (const box of document.querySelectorAll('.experiments tbody input')) box.click(); }");

        await Expect(page.Find("#compare")).ToHaveTextAsync("Compare 4 experiments");
        Assert.EndsWith($"/grids/{grid}?chosen=1-4", Uri.UnescapeDataString(page.Page.Url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_filters_sorts_and_chooses_and_the_address_brings_it_all_back()
    {
        string grid = await live.Train(TwoVariants, epochs: 1);
        var dashboard = live.Dashboard;
        await using var page = await dashboard.Open(chromium, $"/grids/{grid}");
        var names = page.Find(".experiments tbody a.name");

        await page.Find("input[data-key='/']").FillAsync("dropout.dense > 0 and status:completed");
        await page.Find("input[data-key='/']").PressAsync("Enter");
        await Expect(names).ToHaveTextAsync(["dropout-seed=1", "dropout-seed=2"]);
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Name", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Name", Exact = true }).ClickAsync();
        await Expect(names).ToHaveTextAsync(["dropout-seed=2", "dropout-seed=1"]);
        await page.Page.GetByLabel("Choose dropout-seed=2").CheckAsync();
        await page.Page.GetByLabel("Choose dropout-seed=1").CheckAsync();
        await page.Find("input[data-key='/']").FillAsync("");
        await page.Find("input[data-key='/']").PressAsync("Enter");
        await Expect(names).ToHaveCountAsync(4);
        await page.Page.GetByLabel("Choose baseline-seed=1").CheckAsync();
        await Expect(page.Find("#compare")).ToHaveTextAsync("Compare 3 experiments");
        Assert.EndsWith($"/grids/{grid}?sort=-name&chosen=1,3-4", Uri.UnescapeDataString(page.Page.Url), StringComparison.Ordinal);

        await using var again = await dashboard.Open(chromium, $"/grids/{grid}?sort=-name&chosen=1,3-4&filter=dropout&group=experiment&x=time&y=log&show=validation&smooth=0.5");
        await Expect(again.Find(".experiments tbody a.name")).ToHaveTextAsync(["dropout-seed=2", "dropout-seed=1"]);
        await Expect(again.Find("#compare")).ToHaveTextAsync("Compare 3 experiments");
        await Expect(again.Find(".compare tbody th")).ToContainTextAsync(["status", "training.seed", "dropout.conv1"]);
        await Expect(again.Find("#curves ~ .toolbar select").Nth(0)).ToHaveValueAsync("experiment");
        await Expect(again.Find("#curves ~ .toolbar select").Nth(1)).ToHaveValueAsync("time");
        await Expect(again.Find("#curves ~ .toolbar select").Nth(2)).ToHaveValueAsync("log");
        await Expect(again.Find("#curves ~ .toolbar select").Nth(3)).ToHaveValueAsync("validation");
        await Expect(again.Page.GetByLabel("Smoothing")).ToHaveValueAsync("0.5");
        await again.IsAccessible();
    }

    [Fact]
    public async Task A_filter_that_cannot_be_read_is_explained_and_what_was_shown_stays()
    {
        string grid = await live.Train("  - name: it", epochs: 1);
        var dashboard = live.Dashboard;
        await using var page = await dashboard.Open(chromium, $"/grids/{grid}");

        await page.Find("input[data-key='/']").FillAsync("accuracy > 0.9");
        await page.Find("input[data-key='/']").PressAsync("Enter");

        await Expect(page.Find(".fault")).ToContainTextAsync("Filter, column 1: unknown value 'accuracy'; allowed: testAccuracy");
        await Expect(page.Find(".experiments tbody a.name")).ToHaveTextAsync(["it"]);
        await page.IsAccessible();
    }

    [Fact]
    public async Task An_epoch_is_on_the_page_within_two_seconds_of_being_persisted()
    {
        string grid = await live.Submit("  - name: it\n    training: { batchSize: 1 }", epochs: 1_000);
        var dashboard = live.Dashboard;
        await using var page = await dashboard.Open(chromium, $"/grids/{grid}");
        var grain = dashboard.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(grid));

        for (int seen = 0; seen < 5; seen++)
        {
            long before = (await grain.GetProgress(TestContext.Current.CancellationToken))!.EpochsCommitted, persisted;
            do
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
                persisted = (await grain.GetProgress(TestContext.Current.CancellationToken))!.EpochsCommitted;
            }
            while (persisted == before);

            long since = TimeProvider.System.GetTimestamp();
            while (await page.Evaluate<long>("Number(document.querySelector('.summary').innerText.match(/, ([\\d,]+) of/)[1].replaceAll(',', ''))") < persisted)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(2), "The page does not show the epoch.");
                await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
            }
        }

        await Expect(page.Find("experiment-chart[kind=curves] .chart-summary").First).ToContainTextAsync("1 experiment over");
        await grain.Control(ControlVerb.Cancel, null, TestContext.Current.CancellationToken);
        await Expect(page.Find(".summary .status")).ToHaveTextAsync("Cancelled", new() { Timeout = 10_000 });
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task A_grid_is_paused_resumed_cancelled_retried_and_deleted_after_it_is_said_what_happens()
    {
        string grid = await live.Submit("  - name: one\n    training: { batchSize: 1 }\n  - name: two\n    training: { batchSize: 1 }", epochs: 1_000);
        var dashboard = live.Dashboard;
        await using var page = await dashboard.Open(chromium, $"/grids/{grid}");
        var status = page.Find(".summary .status");
        await Expect(status).ToHaveTextAsync("Running");

        await Act("Pause", "stops at the next batch, with a checkpoint");
        await Expect(status).ToHaveTextAsync("Paused", new() { Timeout = 10_000 });
        await Act("Resume", "goes on exactly where it stopped. It applies to 2 experiments of it.");
        await Expect(status).ToHaveTextAsync("Running", new() { Timeout = 10_000 });
        await Act("Cancel", "is not taken up again unless it is retried");
        await Expect(status).ToHaveTextAsync("Cancelled", new() { Timeout = 10_000 });
        await Act("Retry", "tried again from its last checkpoint");
        await Expect(status).ToHaveTextAsync("Running", new() { Timeout = 10_000 });
        await Act("Cancel", "ends at the next batch");
        await Expect(status).ToHaveTextAsync("Cancelled", new() { Timeout = 10_000 });
        await Act("Delete", "This cannot be undone.");
        await Expect(page.Page).ToHaveURLAsync(dashboard.Client.BaseAddress!.ToString());
        await Expect(page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = grid, Exact = true })).ToHaveCountAsync(0);
        Assert.Empty(page.Errors);

        async Task Act(string verb, string consequence)
        {
            await page.Find(".head").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = verb, Exact = true }).ClickAsync();
            var dialog = page.Page.GetByRole(AriaRole.Dialog);
            await Expect(dialog).ToContainTextAsync(consequence);
            if (verb is "Pause") await page.IsAccessible();
            await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = verb, Exact = true }).ClickAsync();
            await Expect(dialog).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Tags_and_notes_stay_text_whatever_they_hold()
    {
        string grid = await live.Train("  - name: it", epochs: 1);
        var dashboard = live.Dashboard;
        await using var page = await dashboard.Open(chromium, $"/grids/{grid}");
        string note = "<script>document.title = 'lost'</script><img src=x onerror=\"document.title='lost'\"> 🦊 " + new string('x', 9_800);

        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add tags or a note" }).ClickAsync();
        await page.Page.GetByLabel("Tags").FillAsync("night, <b>bold</b> 🦊");
        await page.Page.GetByLabel("Note").FillAsync(note);
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Keep" }).ClickAsync();

        await Expect(page.Find(".summary .tag")).ToHaveTextAsync(["night", "<b>bold</b> 🦊"]);
        Assert.Equal(note, await page.Find(".summary .note").TextContentAsync());
        Assert.Contains(grid, await page.Page.TitleAsync(), StringComparison.Ordinal);
        await page.IsAccessible();
        await page.FitsTheWindow();

        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Edit" }).ClickAsync();
        await page.Page.GetByLabel("Tags").FillAsync(string.Join(',', Enumerable.Range(1, 21).Select(number => number.ToString(CultureInfo.InvariantCulture))));
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Keep" }).ClickAsync();
        await Expect(page.Find(".summary .fault")).ToContainTextAsync("There are 21 tags: give at most 20.");
    }

    [Theory]
    [InlineData(1_300, true)]
    [InlineData(400, false)]
    [InlineData(400, true)]
    public async Task It_is_accessible_and_fits_in_every_theme_and_width(int width, bool dark)
    {
        string grid = await live.Train(TwoVariants, epochs: 1);
        var dashboard = live.Dashboard;
        await using var page = await dashboard.Open(chromium, $"/grids/{grid}?chosen=1-4", width, dark);
        foreach (var chart in await page.Find("experiment-chart").AllAsync())
        {
            await chart.ScrollIntoViewIfNeededAsync();
            await Expect(chart.Locator("canvas").First).ToBeVisibleAsync();
        }

        await page.IsAccessible();
        await page.FitsTheWindow();
    }
}
