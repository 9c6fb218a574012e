using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Experiments.Benchmarks.Dashboards;

/// <summary>A page of the dashboard in a browser that knows nothing of earlier ones; the page's own clock tells how long something took.</summary>
internal sealed class BenchedPage(IPage page) : IAsyncDisposable
{
    public IPage Page => page;

    /// <summary>Returns as soon as the server has begun to answer.</summary>
    public Task Go(Uri address) => page.GotoAsync(address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });

    /// <summary>Waits until the page answers to clicks and keys.</summary>
    public Task Interactive() => Expect(page.Locator("html")).ToHaveAttributeAsync("data-interactive", "true", new() { Timeout = 30_000 });

    /// <summary>From the navigation to the first frame in which an expression of the page's script holds.</summary>
    /// <returns>Milliseconds.</returns>
    public Task<double> Seen(string expression) => Timed("true", "0", "", expression);

    /// <summary>From an act of the page's script, as soon as it can be done, to the first frame in which an expression holds, which may use what the act has named.</summary>
    /// <param name="ready">Whether it can.</param>
    /// <returns>Milliseconds.</returns>
    public Task<double> Seen(string expression, string ready, string act) => Timed(ready, "performance.now()", act, expression);

    public async ValueTask DisposeAsync() => await page.Context.DisposeAsync();

    private Task<double> Timed(string ready, string from, string act, string expression) => page.EvaluateAsync<double>(
        $$"""
        () => new Promise((resolve, reject) => {
            setTimeout(() => reject(new Error('It was not seen within a minute.')), 60_000);
            const when = (holds, then) => holds() ? then() : requestAnimationFrame(() => when(holds, then));
            when(() => {{ready}}, () => {
                const from = {{from}};
                {{act}}
                when(() => {{expression}}, () => requestAnimationFrame(() => resolve(performance.now() - from)));
            });
        })
        """);
}
