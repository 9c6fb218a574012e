using System.Diagnostics;
using System.Globalization;

namespace Experiments.Benchmarks.Orchestration;

/// <summary>What an experiment costs beside its training: silo, queue, leases, reports and storage are real, the training is a wait.</summary>
internal static class OrchestrationBenchmark
{
    private const int Slots = 16;
    private const int Many = 10_000, Some = 1_000;

    /// <summary>Until all that runs often is compiled anew from what was seen: neither time nor memory is settled before.</summary>
    private const int Warming = 2_000;

    public static async Task<int> Run(string[] measures)
    {
        foreach (var storage in BenchedStorage.All)
        {
            Line($"{storage.Name}: one silo, {Slots} slots, {Environment.ProcessorCount} cores");
            await using var silo = await BenchedSilo.Start(storage, Slots);
            await Cost(silo, "warm-up", Warming);
            foreach (string measure in measures is [] ? ["trials", "reports", "cost", "many", "models"] : measures)
            {
                await (measure switch
                {
                    "trials" => Trials(silo),
                    "reports" => Reports(silo, storage.LeastReports),
                    "cost" => Cost(silo, "cost", Some, storage.MostPerExperiment),
                    "models" => Models(silo),
                    "many" => Cost(silo, "many", Many, storage.MostPerExperiment),
                    _ => throw new ArgumentException($"'{measure}' is no measure: trials, reports, cost, many and models are."),
                });
            }
        }

        return 0;
    }

    /// <summary>320 experiments of one second: Ray Tune took 6.2 times the ideal for them on two cores.</summary>
    private static async Task Trials(BenchedSilo silo)
    {
        const int Experiments = 320;
        silo.Workload.Forget();
        silo.Workload.Epoch = TimeSpan.FromSeconds(1);
        var clock = Stopwatch.StartNew();
        await silo.Submit("trials", Experiments, epochs: 1);
        await silo.UntilCompleted("trials");
        silo.Workload.Epoch = TimeSpan.Zero;
        Line($"{Experiments} experiments of 1 s: {clock.Elapsed.TotalSeconds:F2} s, where {Experiments / Slots} s are ideal");
        double[] gaps = [.. silo.Workload.Gaps.Select(gap => gap.TotalMilliseconds).Order()];
        Line($"from a training's end to the next one's first batch: median {gaps[gaps.Length / 2]:F1} ms, {gaps[^1]:F1} ms at most of {gaps.Length} (bar 250 ms)");
    }

    private static async Task Reports(BenchedSilo silo, double least)
    {
        const int Epochs = 500;
        var clock = Stopwatch.StartNew();
        await silo.Submit("reports", Slots, Epochs);
        await silo.UntilCompleted("reports");
        Line($"durable epoch reports: {Slots * Epochs / clock.Elapsed.TotalSeconds:N0} a second, each with its checkpoint (bar {least:N0})");
    }

    /// <summary>With checkpoints of Fashion-MNIST's model, which are written and pruned; and what is kept.</summary>
    private static async Task Models(BenchedSilo silo)
    {
        const int Experiments = 200, Epochs = 5, Parameters = 241_546;
        silo.Workload.Parameters = Parameters;
        var clock = Stopwatch.StartNew();
        await silo.Submit("models", Experiments, Epochs);
        await silo.UntilCompleted("models");
        silo.Workload.Parameters = 1;
        var grid = (await silo.Grid("models").GetOverview(CancellationToken.None))!;
        Line($"epochs with the checkpoint of {Parameters:N0} parameters: {Experiments * Epochs / clock.Elapsed.TotalSeconds:N0} a second; {grid.StoredBytes / 1e6 / Experiments:F2} MB are kept of an experiment");
    }

    private static async Task Cost(BenchedSilo silo, string name, int experiments, double? most = null)
    {
        var memory = new MemoryOverTime(experiments);
        silo.Workload.Forget();
        var clock = Stopwatch.StartNew();
        await silo.Submit(name, experiments, epochs: 1);
        double submitted = clock.Elapsed.TotalSeconds;
        var cpu = Cpu();
        clock.Restart();
        await silo.UntilCompleted(name, memory.Sample);
        if (most is not null)
        {
            Line($"{experiments:N0} experiments: submitted in {submitted:F2} s (bar 5 s for 10,000)");
            Line($"cost of each: {clock.Elapsed.TotalMilliseconds / experiments:F2} ms (bar {most:F0} ms), {(Cpu() - cpu).TotalMilliseconds / experiments:F2} ms of CPU time");
            Line($"memory: {memory.OfTenth(2) / 1e6:N0} MB in the second tenth, {memory.OfTenth(10) / 1e6:N0} MB in the last: {memory.OfTenth(10) / memory.OfTenth(2):F3}× (bar 1.05×)");
        }
    }

    private static TimeSpan Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
