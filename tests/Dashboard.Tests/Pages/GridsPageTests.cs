using Experiments.Dashboard.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Experiments.Dashboard.Tests.Pages;

public sealed class GridsPageTests(TrainedCluster trained, LiveCluster live, Chromium chromium)
{
    [Fact]
    public async Task It_lists_the_grids_with_state_progress_and_accuracies()
    {
        var dashboard = trained.Dashboard;
        await using var page = await dashboard.Open(chromium, "/");

        var row = page.Find("tr").Filter(new LocatorFilterOptions { HasText = "first" });
        await Expect(row).ToContainTextAsync("Completed");
        await Expect(row).ToContainTextAsync("3 of 3 completed");
        await Expect(row.GetByRole(AriaRole.Img)).ToHaveAttributeAsync("aria-label", "3 completed; 6 of 6 epochs");
        await Expect(row.Locator("td").Nth(3)).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^\s*0\.\d{4}\s*$"));
        await Expect(page.Find(".freshness")).ToContainTextAsync("Live");
        await page.IsAccessible();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Sorting_and_filtering_stand_in_the_address_and_come_back_with_it()
    {
        var dashboard = trained.Dashboard;
        await using var page = await dashboard.Open(chromium, "/");

        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Grid", Exact = true }).ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(new Uri(dashboard.Client.BaseAddress!, "/?sort=Grid").ToString());
        await Expect(page.Find("tbody a")).ToHaveTextAsync(["first", "second", "third"]);
        await page.Find("input[type=search]").FillAsync("ir");
        await page.Find("input[type=search]").PressAsync("Enter");
        await Expect(page.Page).ToHaveURLAsync(new Uri(dashboard.Client.BaseAddress!, "/?sort=Grid&filter=ir").ToString());
        await Expect(page.Find("tbody a")).ToHaveTextAsync(["first", "third"]);

        await using var again = await dashboard.Open(chromium, "/?sort=-Grid&filter=ir");
        await Expect(again.Find("tbody a")).ToHaveTextAsync(["third", "first"]);
    }

    [Fact]
    public async Task A_grid_that_is_submitted_appears_by_itself()
    {
        var dashboard = live.Dashboard;
        await using var page = await dashboard.Open(chromium, "/");

        string name = await live.Submit("  - name: it", epochs: 1);

        await Expect(page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name, Exact = true })).ToBeVisibleAsync(new() { Timeout = 2_000 });
        await Expect(page.Find("tr").Filter(new LocatorFilterOptions { HasText = name })).ToContainTextAsync("Completed", new() { Timeout = 15_000 });
    }

    [Fact]
    public async Task Without_a_grid_it_shows_one_to_begin_with_and_how()
    {
        string database = await live.EmptyDatabase();
        await using var silo = await Processes.SiloProcess.Start(live.Folder, database, "--slots", "1");
        await using var dashboard = await RunningDashboard.StartJoined(database);
        await using var page = await dashboard.Open(chromium, "/");

        await Expect(page.Find("h2")).ToHaveTextAsync("No grid has been submitted yet");
        await Expect(page.Find("pre").First).ToContainTextAsync("matrix: { training.seed: [1, 2, 3] }");
        await Expect(page.Find("pre").Last).ToHaveTextAsync("experiments submit dropout.yaml --watch");
        await page.IsAccessible();
    }

    [Fact]
    public async Task Without_a_silo_it_says_why_there_is_no_answer()
    {
        await using var dashboard = await RunningDashboard.Start(TrustTests.Nowhere());
        await using var page = await dashboard.Open(chromium, "/");

        await Expect(page.Find(".freshness")).ToContainTextAsync("Check host and port", new() { Timeout = 10_000 });
        await page.IsAccessible();
    }

    [Theory]
    [InlineData(1_300, true)]
    [InlineData(400, false)]
    [InlineData(400, true)]
    public async Task It_is_accessible_and_fits_in_every_theme_and_width(int width, bool dark)
    {
        var dashboard = trained.Dashboard;
        await using var page = await dashboard.Open(chromium, "/", width, dark);

        await Expect(page.Find("html")).ToHaveAttributeAsync("data-theme", dark ? "dark" : "light");
        await Expect(page.Find("tbody a")).ToHaveCountAsync(3);
        await page.IsAccessible();
        await page.FitsTheWindow();
    }
}
