using Experiments.Dashboard.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Experiments.Dashboard.Tests.Pages;

public sealed class KeyboardTests(TrainedCluster trained, Chromium chromium)
{
    [Fact]
    public async Task A_grid_is_found_by_its_name_with_keys_alone()
    {
        var dashboard = trained.Dashboard;
        await using var page = await dashboard.Open(chromium, "/");

        await page.Page.Keyboard.PressAsync("Control+k");
        await Expect(page.Page.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await page.IsAccessible();
        await page.Page.Keyboard.TypeAsync("ir");
        await Expect(page.Page.GetByRole(AriaRole.Option)).ToHaveTextAsync(["third grid", "first grid"]);
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page).ToHaveURLAsync(new Uri(dashboard.Client.BaseAddress!, "/grids/first").ToString());
        await Expect(page.Find("h1")).ToHaveTextAsync("first");
        await Expect(page.Find(".summary")).ToBeVisibleAsync();
        await Expect(page.Find("h1")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Keys_lead_to_pages_filter_and_help_but_not_while_text_is_typed()
    {
        var dashboard = trained.Dashboard;
        await using var page = await dashboard.Open(chromium, "/grids/first");

        await page.Page.Keyboard.PressAsync("/");
        await Expect(page.Find("input[data-key='/']")).ToBeFocusedAsync();
        await page.Page.Keyboard.TypeAsync("g?");
        await Expect(page.Find("input[data-key='/']")).ToHaveValueAsync("g?");
        Assert.EndsWith("/grids/first", page.Page.Url, StringComparison.Ordinal);
        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(page.Page).ToHaveURLAsync(new Uri(dashboard.Client.BaseAddress!, "/grids/first?filter=g%3F").ToString());

        await page.Page.Keyboard.PressAsync("?");
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Go to a grid");
        await page.IsAccessible();
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        string? theme = await page.Find("html").GetAttributeAsync("data-theme");
        await page.Page.Keyboard.PressAsync("t");
        await Expect(page.Find("html")).Not.ToHaveAttributeAsync("data-theme", theme!);
        await page.Page.Keyboard.PressAsync("g");
        await Expect(page.Page).ToHaveURLAsync(dashboard.Client.BaseAddress!.ToString());
    }

    [Fact]
    public async Task A_page_begins_at_its_heading_and_the_bar_above_can_be_skipped()
    {
        var dashboard = trained.Dashboard;
        await using var page = await dashboard.Open(chromium, "/grids/first");

        // A page that is opened has the focus on its heading already; who goes back from there comes by the link.
        await Expect(page.Find("h1")).ToBeFocusedAsync();
        await page.Find(".skip").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Find("main")).ToBeFocusedAsync();
        Assert.Contains("/grids/first", page.Page.Url, StringComparison.Ordinal);
    }
}
