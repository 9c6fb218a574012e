using Experiments.Benchmarks;
using Experiments.Benchmarks.Clusters;
using Experiments.Benchmarks.Dashboards;
using Experiments.Benchmarks.Orchestration;
using Experiments.Benchmarks.Training;

return args switch
{
    ["training", .. var rest] => await TrainingBenchmark.Run(rest),
    ["startup", .. var rest] => await StartupBenchmark.Run(rest),
    ["orchestration", .. var rest] => await OrchestrationBenchmark.Run(rest),
    ["dashboard", .. var rest] => await DashboardBenchmark.Run(rest),
    ["failover", .. var rest] => await FailoverBenchmark.Run(rest),
    ["scaling", .. var rest] => await ScalingBenchmark.Run(rest),
    ["telemetry", .. var rest] => await TelemetryBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        dotnet run -c Release --project tests/Benchmarks -- BENCHMARK

          training [PAIRS [IMAGES]] [MEASURE…]
                                      experiments side by side (5 pairs, 12,800 images) against TorchSharp, plain and tuned, the arithmetic limit, their
                                      evaluation, and without options; through a silo against bare; a checkpoint against its epoch; memory by slot and
                                      over epochs; calls to a silo that trains:
                                      plain, tuned, limit, evaluation, options, orchestrated, checkpoint, memory, calls (all)
          orchestration [STORAGE…] [MEASURE…]
                                      what an experiment costs beside its training, on sqlite and postgresql (both):
                                      trials, reports, cost, many, models, calls, histories (all of these), many-trials (10,000 of a second: eleven minutes)
          dashboard [--short] [MEASURE…]
                                      how soon the dashboard shows and answers, and what it costs, with a grid of 10,000 experiments:
                                      rows, table, compare, curves, api, idle, updates (all: three quarters of an hour); --short tries them on little
          failover [RUNS]             from the kill of a silo to the next batch of its experiment elsewhere, while every core trains (5 runs)
          scaling [PAIRS]             silos of one slot each against one silo with as many slots (5 pairs)
          telemetry [PAIRS]           a silo that sends traces, metrics and logs, and is scraped, against one that does neither (15 pairs)
          startup [RUNS]              from the built `experiments run` to the first batch trained, and the memory of two slots (5 runs)
        """);
    return 2;
}
