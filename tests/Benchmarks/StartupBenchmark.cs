using System.Diagnostics;
using System.Globalization;

namespace Experiments.Benchmarks;

/// <summary>From the start of the built client to its word that a first batch is trained, and the most memory it held.</summary>
internal static class StartupBenchmark
{
    private const string Trains = ": trains";

    public static async Task<int> Run(string[] args)
    {
        int runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        string root = Root(AppContext.BaseDirectory);
        string client = Path.Combine(root, "src", "Client", "bin", "Release", "net10.0", "experiments.dll");
        if (!File.Exists(client))
        {
            Console.Error.WriteLine($"{client} is missing: build it with 'dotnet build -c Release src/Client'.");
            return 2;
        }

        var seconds = new List<double>();
        for (int run = 0; run <= runs; run++)
        {
            string folder = Directory.CreateTempSubdirectory("experiments-startup-").FullName;
            try
            {
                var (toFirstBatch, megabytes) = await Measure(client, Path.Combine(root, "examples", "quickstart.yaml"), folder);
                string which = run == 0 ? "warm-up" : run.ToString(CultureInfo.InvariantCulture);
                Line($"{which}: {toFirstBatch:F2} s to the first batch, {megabytes:N0} MB at most after ten more");
                if (run > 0)
                {
                    seconds.Add(toFirstBatch);
                }
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        seconds.Sort();
        Line($"median {seconds[seconds.Count / 2]:F2} s, from {seconds[0]:F2} to {seconds[^1]:F2} s");
        return 0;
    }

    private static async Task<(double Seconds, double Megabytes)> Measure(string client, string grid, string folder)
    {
        long started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [client, "run", grid, "--slots", "2", "--storage", Path.Combine(folder, "storage"), "--output", Path.Combine(folder, "results")])
        {
            RedirectStandardOutput = true,
        })!;
        double seconds = 0;
        while (seconds == 0)
        {
            string line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The run ended before it trained.");
            seconds = line.Contains(Trains, StringComparison.Ordinal) ? Stopwatch.GetElapsedTime(started).TotalSeconds : 0;
        }

        await Task.Delay(TimeSpan.FromSeconds(10));
        process.Refresh();
        double megabytes = process.PeakWorkingSet64 / 1e6;
        process.Kill();
        await process.WaitForExitAsync();
        return (seconds, megabytes);
    }

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Experiments.sln")) ? folder : Root(Path.GetDirectoryName(folder)!);

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
