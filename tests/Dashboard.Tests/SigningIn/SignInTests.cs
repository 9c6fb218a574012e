using System.Net;
using System.Security.Claims;
using Experiments.Dashboard.Security;
using Experiments.Dashboard.Tests.Browsing;
using Experiments.Dashboard.Tests.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Experiments.Dashboard.Tests.SigningIn;

public sealed class SignInTests(TrainedCluster cluster, Chromium chromium)
{
    [Fact]
    public async Task Whoever_has_the_key_signs_in_and_comes_to_the_page_that_was_asked_for()
    {
        await using var dashboard = await RunningDashboard.StartJoined(cluster.Database, RunningDashboard.Key, RunningDashboard.ReadKey);
        await using var page = await Asked(dashboard, "/grids/first?sort=-name");
        await Expect(page.Find("h1")).ToHaveTextAsync("Experiments");
        await page.IsAccessible();

        await page.Page.GetByLabel("API key").FillAsync("a-key-that-nobody-has");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The key is another.");
        await page.IsAccessible();

        await SignIn(page, RunningDashboard.Key);
        Assert.EndsWith("/grids/first?sort=-name", page.Page.Url, StringComparison.Ordinal);
        await page.Interactive();
        await Expect(page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Delete" })).ToBeVisibleAsync();
        var cookie = Assert.Single(await page.Page.Context.CookiesAsync(), cookie => cookie.Name == "experiments-session");
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteAttribute.Lax, cookie.SameSite);

        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(new Uri(dashboard.Client.BaseAddress!, "/sign-in").ToString());
        await page.Page.GotoAsync(new Uri(dashboard.Client.BaseAddress!, "/cluster").ToString());
        Assert.Contains("/sign-in", page.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_read_only_key_shows_everything_and_changes_nothing()
    {
        await using var dashboard = await RunningDashboard.StartJoined(cluster.Database, RunningDashboard.Key, RunningDashboard.ReadKey);
        await using var page = await Asked(dashboard, "/grids/first");
        await SignIn(page, RunningDashboard.ReadKey);
        await page.Interactive();

        await Expect(page.Find(".experiments tbody a.name")).ToHaveCountAsync(3);
        await Expect(page.Find(".who")).ToHaveTextAsync("read-only key");
        foreach (string name in (string[])["Delete", "Add tags or a note"])
        {
            await Expect(page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name })).ToHaveCountAsync(0);
        }

        await Expect(page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Submit" })).ToHaveCountAsync(0);
        Assert.Equal(403, await Changed(page, "/api/grids/first", "DELETE"));
        Assert.All(page.Errors, error => Assert.Contains("403", error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cookie_alone_changes_nothing_over_the_api()
    {
        await using var dashboard = await RunningDashboard.StartJoined(cluster.Database, RunningDashboard.Key);
        await using var page = await Asked(dashboard, "/grids/first");
        await SignIn(page, RunningDashboard.Key);

        Assert.Equal(403, await Changed(page, "/api/grids/first", "DELETE"));
    }

    [Fact]
    public async Task Nobody_is_sent_to_another_site_after_signing_in()
    {
        await using var dashboard = await RunningDashboard.StartJoined(cluster.Database, RunningDashboard.Key);
        foreach (string elsewhere in (string[])["https://evil.example/", "//evil.example/", "/\\evil.example/"])
        {
            await using var page = await Asked(dashboard, "/sign-in?returnUrl=" + Uri.EscapeDataString(elsewhere));
            await SignIn(page, RunningDashboard.Key);
            Assert.Equal(dashboard.Client.BaseAddress!.ToString(), page.Page.Url);
        }
    }

    [Fact]
    public async Task Guessing_keys_is_slowed_down()
    {
        await using var dashboard = await RunningDashboard.Start(TrustTests.Nowhere(), RunningDashboard.Key);
        HttpStatusCode last = HttpStatusCode.OK;
        for (int attempt = 0; attempt < 30 && last != HttpStatusCode.TooManyRequests; attempt++)
        {
            using var form = new FormUrlEncodedContent([new("key", "guess"), new("_handler", "sign-in")]);
            using var answer = await dashboard.Client.PostAsync(new Uri("/sign-in", UriKind.Relative), form, TestContext.Current.CancellationToken);
            last = answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Theory]
    [InlineData("ml-team", true)]
    [InlineData("others", false)]
    public async Task Users_of_an_issuer_sign_in_and_those_it_calls_so_are_operators(string group, bool isOperator)
    {
        await using var issuer = await OwnIssuer.Start(new Claim("name", "Ada <script> 🦊"), new Claim("groups", group));
        var asked = OidcIssuer.Create(issuer.Address.ToString(), OwnIssuer.ClientId, secret: null, "groups=ml-team");
        await using var dashboard = await RunningDashboard.StartJoined(cluster.Database, RunningDashboard.Key, issuer: asked);
        await using var page = await Asked(dashboard, "/grids/first");

        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Sign in with 127.0.0.1" }).ClickAsync();

        await Expect(page.Page).ToHaveURLAsync(new Uri(dashboard.Client.BaseAddress!, "/grids/first").ToString());
        await page.Interactive();
        await Expect(page.Find(".who")).ToHaveTextAsync("Ada <script> 🦊");
        await Expect(page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Delete" })).ToHaveCountAsync(isOperator ? 1 : 0);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task An_answer_of_the_issuer_that_nobody_asked_for_signs_nobody_in()
    {
        await using var issuer = await OwnIssuer.Start();
        var asked = OidcIssuer.Create(issuer.Address.ToString(), OwnIssuer.ClientId, secret: null, operators: null);
        await using var dashboard = await RunningDashboard.Start(TrustTests.Nowhere(), issuer: asked);
        await using var page = await Asked(dashboard, "/signed-in?code=stolen&state=made-up");

        await Expect(page.Find("#fault")).ToContainTextAsync("The issuer did not sign you in.");
    }

    private async Task<BrowserPage> Asked(RunningDashboard dashboard, string path)
    {
        var page = await chromium.NewPage();
        await page.Page.GotoAsync(new Uri(dashboard.Client.BaseAddress!, path).ToString());
        return page;
    }

    private static async Task SignIn(BrowserPage page, string key)
    {
        await page.Page.GetByLabel("API key").FillAsync(key);
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await Expect(page.Page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));
    }

    private static Task<int> Changed(BrowserPage page, string path, string verb) => page.Evaluate<int>($"fetch('{path}', {{ method: '{verb}' }}).then(answer => answer.status)");
}
