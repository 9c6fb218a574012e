using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests.Browsing;

/// <summary>A page, and what went wrong on it: errors of its scripts and on its console, among them what its content security policy refused.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _errors = new();

    public BrowserPage(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _errors.Enqueue(message.Text);
        };
    }

    public IPage Page { get; }

    public IReadOnlyCollection<string> Errors => _errors;

    public ILocator Find(string selector) => Page.Locator(selector);

    /// <summary>What an expression of the page's script is; waits for a promise.</summary>
    public Task<T> Evaluate<T>(string expression) => Page.EvaluateAsync<T>(expression);

    /// <summary>Waits until an expression of the page's script is true.</summary>
    public Task Until(string expression) => Page.WaitForFunctionAsync(expression, null, new PageWaitForFunctionOptions { Timeout = 15_000 });

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
