using System.Net;
using System.Text.RegularExpressions;
using Experiments.Processes;

namespace Experiments.Client.Tests;

/// <summary>The dashboard as the client serves it, on the storage of this machine.</summary>
public sealed partial class DashboardTests : IDisposable
{
    private readonly Workplace _workplace = new(trainImages: 400);

    [Fact]
    public async Task ARunServesItsGridWhileItTrainsAndNoLonger()
    {
        await using var run = ClientProcess.Start(_workplace.Folder, "run", _workplace.Grid("served", "  - name: it", epochs: 100_000), "--slots", "1");
        string line = await run.Line(said => said.StartsWith("Dashboard: ", StringComparison.Ordinal));
        var address = new Uri(line["Dashboard: ".Length..]);
        Assert.Equal("/grids/served", address.AbsolutePath);
        Assert.True(address.IsLoopback);

        Assert.Contains("<h1>served</h1>", await Read(address), StringComparison.Ordinal);
        Assert.Contains("\"status\":\"Running\"", await Read(new Uri(address, "/api/grids/served")), StringComparison.Ordinal);
        Assert.NotEmpty(await Read(new Uri(address, "/_framework/blazor.web.js")));

        run.Interrupt();
        Assert.Equal(130, (await run.Finish()).ExitCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => Read(address));
    }

    [Fact]
    public async Task ARunWithoutOneServesNone()
    {
        var ran = await ClientProcess.Run(_workplace.Folder, "run", _workplace.Grid("alone", "  - name: it", epochs: 1), "--slots", "1", "--no-dashboard");

        Assert.Equal(0, ran.ExitCode);
        Assert.DoesNotContain("Dashboard:", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatEarlierRunsLeftIsShownWhileOtherVerbsReadItToo()
    {
        string grid = _workplace.Grid("left", "  - name: it", epochs: 1);
        Assert.Equal(0, (await ClientProcess.Run(_workplace.Folder, "run", grid, "--slots", "1", "--no-dashboard")).ExitCode);

        await using var dashboard = ClientProcess.Start(_workplace.Folder, "dashboard", "--urls", "http://127.0.0.1:0");
        string line = await dashboard.Line(said => said.StartsWith("The dashboard is at ", StringComparison.Ordinal));
        var address = new Uri(AddressPattern().Match(line).Value);

        Assert.Contains("\"status\":\"Completed\"", await Read(new Uri(address, "/api/grids/left")), StringComparison.Ordinal);
        Assert.Contains("left", (await ClientProcess.Run(_workplace.Folder, "list")).Output, StringComparison.Ordinal);

        var second = await ClientProcess.Run(_workplace.Folder, "run", grid);
        Assert.Equal(2, second.ExitCode);
        Assert.Contains("'dashboard' is active on the storage", second.Errors, StringComparison.Ordinal);
        Assert.Contains("It trains nothing: stop it with Ctrl-C", second.Errors, StringComparison.Ordinal);
        var submitted = await ClientProcess.Run(_workplace.Folder, "submit", grid);
        Assert.Equal(2, submitted.ExitCode);
        Assert.Contains("Nothing trains on the storage", submitted.Errors, StringComparison.Ordinal);

        dashboard.Interrupt();
        Assert.Equal(0, (await dashboard.Finish()).ExitCode);
    }

    public void Dispose() => _workplace.Dispose();

    private static async Task<string> Read(Uri address)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"http://[\d.:]+\d")]
    private static partial Regex AddressPattern();
}
