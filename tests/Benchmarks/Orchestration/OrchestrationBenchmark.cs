using System.Collections.Immutable;
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

    private static readonly string[] Storages = ["sqlite", "postgresql"];

    /// <param name="arguments">Storages and measures; all where there is none.</param>
    public static async Task<int> Run(string[] arguments)
    {
        string[] storages = [.. arguments.Where(Storages.Contains)];
        string[] measures = [.. arguments.Except(storages)];
        foreach (string name in storages is [] ? Storages : storages)
        {
            await using var storage = await BenchedStorage.Open(name);
            Line($"{storage.Name}: one silo, {Slots} slots, {Environment.ProcessorCount} cores");
            await using var silo = await BenchedSilo.Start(storage, Slots);
            await Cost(silo, "warm-up", Warming);
            foreach (string measure in measures is [] ? ["trials", "reports", "cost", "many", "models", "calls", "histories"] : measures)
            {
                await (measure switch
                {
                    "trials" => Trials(silo, experiments: 320),
                    "many-trials" => Trials(silo, Many),
                    "reports" => Reports(silo, storage.LeastReports),
                    "cost" => Cost(silo, "cost", Some, storage.MostPerExperiment),
                    "models" => Models(silo),
                    "calls" => Calls(silo),
                    "histories" => Histories(silo),
                    "many" => Cost(silo, "many", Many, storage.MostPerExperiment),
                    _ => throw new ArgumentException($"'{measure}' is no measure: trials, many-trials, reports, cost, many, models, calls and histories are."),
                });
            }
        }

        return 0;
    }

    /// <summary>Experiments of one second. Ray Tune took 6.2 times the ideal for 320 of them on two cores, and publishes 1.14 times for 10,000 on sixteen.</summary>
    private static async Task Trials(BenchedSilo silo, int experiments)
    {
        const double Bar = 644.0 / 625;
        string name = string.Create(CultureInfo.InvariantCulture, $"trials-{experiments}");
        silo.Workload.Forget();
        silo.Workload.Epoch = TimeSpan.FromSeconds(1);
        var clock = Stopwatch.StartNew();
        await silo.Submit(name, experiments, epochs: 1);
        await silo.UntilCompleted(name);
        silo.Workload.Epoch = TimeSpan.Zero;
        double ideal = (double)experiments / Slots;
        Line($"{experiments:N0} experiments of 1 s: {clock.Elapsed.TotalSeconds:F2} s, {clock.Elapsed.TotalSeconds / ideal:F3} times the ideal (bar {Bar:F3})");
        double[] gaps = [.. silo.Workload.Gaps.Select(gap => gap.TotalMilliseconds).Order()];
        Line($"from a training's end to the next one's first batch: median {gaps[gaps.Length / 2]:F1} ms, {gaps[^1]:F1} ms at most of {gaps.Length} (bar 250 ms)");
    }

    private static async Task Reports(BenchedSilo silo, double least)
    {
        const int Epochs = 500;
        var cpu = Cpu();
        var clock = Stopwatch.StartNew();
        await silo.Submit("reports", Slots, Epochs);
        await silo.UntilCompleted("reports");
        Line($"durable epoch reports: {Slots * Epochs / clock.Elapsed.TotalSeconds:N0} a second, very short epochs sharing checkpoints (bar {least:N0}), {(Cpu() - cpu).TotalMilliseconds / (Slots * Epochs):F2} ms of CPU time");
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

    /// <summary>What the two grains that are one for many can take, asked over the network: the queue by slots for which it has no work, a grid by experiments that train.</summary>
    private static async Task Calls(BenchedSilo silo)
    {
        const int Experiments = 1_000;
        await silo.Submit("calls", Experiments, epochs: 1);
        await silo.UntilCompleted("calls");
        var row = (await silo.Grid("calls").GetSnapshot(since: 0, CancellationToken.None))!.Experiments[0] with { Status = ExperimentStatus.Running };
        Line($"a queue answers {await CallsPerSecond(() => silo.Queue.Take(SiloAddress.Zero, TimeSpan.Zero, CancellationToken.None)):N0} calls a second, a grid {await CallsPerSecond(() => silo.Grid("calls").Report(row, CancellationToken.None)):N0}");
    }

    /// <summary>What a page that compares a thousand experiments asks for, over the network.</summary>
    private static async Task Histories(BenchedSilo silo)
    {
        const int Experiments = 1_000, Epochs = 50, Times = 20;
        await silo.Submit("histories", Experiments, Epochs);
        await silo.UntilCompleted("histories");
        var grid = (await silo.Grid("histories").GetSnapshot(since: 0, CancellationToken.None))!;
        ImmutableArray<HistoryRequest> requests = [.. grid.Experiments.Select(row => new HistoryRequest(row.Id, AfterEpoch: 0))];
        double[] milliseconds = new double[Times];
        for (int time = 0; time < Times; time++)
        {
            var clock = Stopwatch.StartNew();
            var histories = await silo.Histories.Read(requests, CancellationToken.None);
            milliseconds[time] = clock.Elapsed.TotalMilliseconds;
            if (histories.Sum(columns => columns.Epoch.Length) != Experiments * Epochs)
            {
                throw new InvalidOperationException("Epochs are missing from the histories.");
            }
        }

        Line($"histories of {Experiments:N0} experiments of {Epochs} epochs: first {milliseconds[0]:F0} ms, then median {milliseconds.Order().ElementAt(Times / 2):F0} ms, {milliseconds.Skip(1).Max():F0} ms at most (bar 300 ms)");
    }

    private static async Task<double> CallsPerSecond(Func<Task> call)
    {
        const int Callers = 64, Each = 1_000;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            for (int i = 0; i < Each; i++)
            {
                await call();
            }
        }));
        return Callers * Each / clock.Elapsed.TotalSeconds;
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
