namespace Experiments.Benchmarks.Dashboards;

/// <summary>How soon the dashboard shows and answers, and what it costs.</summary>
internal static class DashboardBenchmark
{
    private const string Short = "--short";

    /// <summary>The grid of long curves first: it writes over its checkpoints so fast that their room must not be looked for among those of ten thousand others.</summary>
    private static readonly string[] All = ["compare", "curves", "rows", "table", "api", "idle", "updates"];

    /// <param name="arguments">Measures, all where there is none; and <c>--short</c>.</param>
    public static async Task<int> Run(string[] arguments)
    {
        var size = arguments.Contains(Short) ? BenchSize.Short : BenchSize.Whole;
        string[] measures = [.. arguments.Except([Short])];
        await using var dashboard = await BenchedDashboard.Start(size);
        bool holds = true;
        Console.WriteLine("| measure | seen | at most | |");
        Console.WriteLine("| --- | --- | --- | --- |");
        foreach (string measure in measures is [] ? All : measures)
        {
            var seen = await (measure switch
            {
                "rows" => FirstRows.Run(dashboard),
                "table" => LongTable.Run(dashboard),
                "compare" => DrawnCurves.Compare(dashboard),
                "curves" => DrawnCurves.Run(dashboard),
                "api" => AskedApi.Run(dashboard),
                "idle" => NoViewers.Run(dashboard),
                "updates" => LiveUpdates.Run(dashboard),
                _ => throw new ArgumentException($"'{measure}' is no measure: {string.Join(", ", All)} are."),
            });
            foreach (var measured in seen)
            {
                Console.WriteLine($"| {measured.What} | {measured.Seen} | {measured.Bar} | {(measured.Holds ? "reached" : "not reached")} |");
                holds &= measured.Holds;
            }
        }

        return holds ? 0 : 1;
    }
}
