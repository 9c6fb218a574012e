using Experiments.Dashboard.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Experiments.Dashboard.Tests.Pages;

/// <summary>The page to submit on, in a browser, on a silo that trains.</summary>
public sealed class SubmitPageTests(OperatedCluster cluster, Chromium chromium)
{
    private const string Editor = "yaml-editor textarea";

    private static readonly LocatorAssertionsToContainTextOptions Soon = new() { Timeout = 30_000 };

    [Fact]
    public async Task What_is_typed_by_keyboard_alone_is_submitted_and_trained()
    {
        var dashboard = cluster.Dashboard;
        await using var browser = await Open(dashboard, "/submit");
        await browser.Page.FocusAsync(Editor);
        await browser.Page.Keyboard.InsertTextAsync(cluster.Yaml("typed", "  - name: a\n    matrix: { training.seed: [1, 2] }"));
        await Expect(browser.Find("#told")).ToContainTextAsync("2 experiments", new() { Timeout = 30_000 });

        // The Tab key leaves the editor.
        await browser.Page.Keyboard.PressAsync("Tab");
        await Expect(browser.Find("button.primary")).ToBeFocusedAsync();
        await browser.Page.Keyboard.PressAsync("Enter");
        var dialog = browser.Find(".mud-dialog");
        await Expect(dialog).ToContainTextAsync("Grid typed is new: its 2 experiments wait for slots. On halves (400 training images), 4 epochs in all.", Soon);
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Submit" })).ToBeFocusedAsync();
        await browser.Page.Keyboard.PressAsync("Enter");

        await Expect(browser.Find("h1")).ToHaveTextAsync("typed", new() { Timeout = 30_000 });
        await Expect(browser.Find(".summary")).ToContainTextAsync("2 of 2 experiments completed, 4 of 4 epochs", new() { Timeout = 120_000 });
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Faults_are_told_as_one_types_marked_at_their_lines_and_a_click_goes_there()
    {
        var dashboard = cluster.Dashboard;
        await using var browser = await Open(dashboard, "/submit");
        await browser.Find(Editor).FillAsync("name: faulty\ndataset: fashion-mnist\nexperiments:\n  - { name: a, droput: 1 }\n  - name: b b\n");

        await Expect(browser.Find("#told")).ToContainTextAsync("2 faults", Soon);
        await Expect(browser.Find("li.fault").First).ToContainTextAsync("did you mean 'dropout'?");
        Assert.Equal(["4", "5"], await browser.Find(".lines .faulty").AllTextContentsAsync());

        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "4:16" }).ClickAsync();
        string at = await browser.Evaluate<string>($"(t => t.value.slice(t.selectionStart, t.selectionStart + 6))(document.querySelector('{Editor}'))");
        Assert.Equal("droput", at);
        await Expect(browser.Find(Editor)).ToBeFocusedAsync();

        await browser.Find(Editor).FillAsync(cluster.Yaml("faulty"));
        await Expect(browser.Find("#told")).ToContainTextAsync("1 experiment", Soon);
        await Expect(browser.Find(".lines .faulty")).ToHaveCountAsync(0);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_clone_has_the_experiments_of_its_grid_and_a_name_of_its_own()
    {
        var dashboard = cluster.Dashboard;
        await using var browser = await Open(dashboard, $"/submit?clone={OperatedCluster.First}");

        await Expect(browser.Find(Editor)).ToHaveValueAsync(
            new System.Text.RegularExpressions.Regex($"^name: {OperatedCluster.First}-2\ndataset:\n  name: halves\n.*\n  sha256: [0-9a-f]{{64}}\n"), new() { Timeout = 30_000 });
        await Expect(browser.Find("#told")).ToContainTextAsync("2 experiments", Soon);
        await Expect(browser.Find("td.name")).ToHaveTextAsync(["rate-1-seed=1", "rate-1-seed=2"]);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Under_the_name_of_a_grid_it_says_what_would_become_of_that_one()
    {
        var dashboard = cluster.Dashboard;
        await using var browser = await Open(dashboard, $"/submit?clone={OperatedCluster.First}");
        await Expect(browser.Find("#told")).ToContainTextAsync("2 experiments", Soon);
        string clone = await browser.Find(Editor).InputValueAsync();
        string same = clone.Replace($"{OperatedCluster.First}-2", OperatedCluster.First, StringComparison.Ordinal);

        await browser.Find(Editor).FillAsync(same.Replace("[1, 2]", "[1, 2, 3]", StringComparison.Ordinal));
        await Expect(browser.Find("main")).ToContainTextAsync($"Grid {OperatedCluster.First} exists: 1 experiment joins it", Soon);

        await browser.Find(Editor).FillAsync(same.Replace("batchSize: 32", "batchSize: 64", StringComparison.Ordinal));
        await Expect(browser.Find("p.fault")).ToContainTextAsync("exists and differs in what would change its results", Soon);
        await Expect(browser.Find("main li code").First).ToHaveTextAsync("rate-1-seed=1: training.batchSize: 32 → 64");
        await browser.Find("button.primary").ClickAsync();
        await Expect(browser.Find(".mud-dialog")).ToHaveCountAsync(0);
        Assert.Contains("batchSize: 64", await browser.Find(Editor).InputValueAsync(), StringComparison.Ordinal);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task What_was_typed_survives_a_reload()
    {
        var dashboard = cluster.Dashboard;
        await using var browser = await Open(dashboard, "/submit");
        await browser.Find(Editor).FillAsync(cluster.Yaml("reloaded"));
        await Expect(browser.Find("#told")).ToContainTextAsync("1 experiment", Soon);

        await browser.Page.ReloadAsync();

        await Expect(browser.Find("#told")).ToContainTextAsync("1 experiment", Soon);
        Assert.Contains("name: reloaded", await browser.Find(Editor).InputValueAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_are_told_that_operators_submit()
    {
        await using var dashboard = await RunningDashboard.StartJoined(cluster.Database, RunningDashboard.Key, RunningDashboard.ReadKey);
        await using var browser = await Open(dashboard, "/submit", RunningDashboard.ReadKey);

        await Expect(browser.Find("main")).ToContainTextAsync("Only operators submit grids", Soon);
        await Expect(browser.Find(Editor)).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(1_300, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    public async Task It_has_no_serious_fault_of_accessibility_and_nothing_beside_the_screen(int width, ColorScheme scheme)
    {
        var dashboard = cluster.Dashboard;
        await using var browser = await Open(dashboard, $"/submit?clone={OperatedCluster.First}", width: width, scheme: scheme);
        await Expect(browser.Find("#told")).ToContainTextAsync("2 experiments", Soon);
        await browser.IsAccessible();

        await browser.Find(Editor).FillAsync("name: <script>alert(1)</script>\nexperiments: 1");
        await Expect(browser.Find("#told")).ToContainTextAsync("3 faults", Soon);
        await browser.IsAccessible();
        Assert.True(await browser.Evaluate<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.Empty(browser.Errors);
    }

    private Task<BrowserPage> Open(RunningDashboard dashboard, string path, string? key = null, int width = 1_200, ColorScheme scheme = ColorScheme.Light) =>
        LivePage.Open(chromium, dashboard, path, key, width, scheme);
}
