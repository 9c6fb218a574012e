using System.Diagnostics;
using System.Text.Json;

namespace Experiments.Benchmarks.Dashboards;

/// <summary>Many clients that ask the API without a pause, while a long grid trains.</summary>
internal static class AskedApi
{
    private const int Clients = 50;
    private const double Most = 200;
    private const string Grid = "asked";

    public static async Task<IReadOnlyList<Measured>> Run(BenchedDashboard dashboard)
    {
        await dashboard.Grids.Submit(Grid, dashboard.Size.Experiments, epochs: 20);
        await dashboard.Grids.Until(Grid, grid => grid.Completed > 0);
        using var http = new HttpClient { BaseAddress = dashboard.Process.Address };
        long begin = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Ask(http, () => Stopwatch.GetElapsedTime(begin) < dashboard.Size.Under)));
        var grid = await dashboard.Grids.Until(Grid, _ => true);
        if (grid.Status != GridStatus.Running) throw new InvalidOperationException($"The grid has ended before its clients: {grid}");

        await dashboard.Grids.Cancel(Grid);
        await dashboard.Grids.Until(Grid, grid => grid.Status != GridStatus.Running);
        var all = answers.SelectMany(some => some).ToLookup(answer => answer.Question, answer => answer.Milliseconds);
        return
        [
            .. all.Select(some => Of($"API with {Clients} clients: {some.Key}", [.. some])),
            Of($"API with {Clients} clients: all", [.. all.SelectMany(some => some)]),
        ];
    }

    private static Measured Of(string what, double[] milliseconds)
    {
        Array.Sort(milliseconds);
        double p99 = milliseconds[(int)(milliseconds.Length * 0.99)];
        return new Measured(what, Measured.Text($"p99 {p99:N0} ms, median {milliseconds[milliseconds.Length / 2]:N0} ms of {milliseconds.Length:N0}"), Measured.Text($"{Most:N0} ms"), p99 <= Most);
    }

    private static async Task<List<(string Question, double Milliseconds)>> Ask(HttpClient http, Func<bool> goesOn)
    {
        var answers = new List<(string, double)>();
        long? version = null;
        while (goesOn())
        {
            await Get("grids", "/api/grids");
            await Get("experiments", $"/api/grids/{Grid}/experiments?sort=-testAccuracy&limit=100");
            using var curves = JsonDocument.Parse(await Get("curves", Measured.Text($"/api/grids/{Grid}/curves{(version is null ? "" : $"?after={version}")}")));
            version = curves.RootElement.GetProperty("version").GetInt64();
        }

        return answers;

        async Task<byte[]> Get(string question, string path)
        {
            long asked = Stopwatch.GetTimestamp();
            byte[] answer = await http.GetByteArrayAsync(new Uri(path, UriKind.Relative));
            answers.Add((question, Stopwatch.GetElapsedTime(asked).TotalMilliseconds));
            return answer;
        }
    }
}
