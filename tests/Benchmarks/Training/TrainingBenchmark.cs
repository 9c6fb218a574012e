using System.Globalization;
using Experiments.Training;

namespace Experiments.Benchmarks.Training;

/// <summary>How fast experiments train, against rivals and the processor's limit, and what it costs to have them orchestrated: each measure a ratio within one run.</summary>
internal static class TrainingBenchmark
{
    private static readonly string[] Measures = ["plain", "tuned", "limit", "evaluation", "options", "orchestrated", "checkpoint", "memory", "calls"];

    /// <param name="args">Number of pairs, number of images, measures; the default where one is left out, and all measures where there is none.</param>
    public static async Task<int> Run(string[] args)
    {
        int[] numbers = [.. args.TakeWhile(arg => char.IsAsciiDigit(arg[0])).Select(arg => int.Parse(arg, CultureInfo.InvariantCulture))];
        var (pairs, count) = (numbers is [var some, ..] ? some : 5, numbers is [_, var given, ..] ? given : 12_800);
        switch (args[numbers.Length..])
        {
            case ["memory-of-slots", var slots]:
                await MemoryMeasure.OfSlots(int.Parse(slots, CultureInfo.InvariantCulture));
                return 0;
            case ["memory-over-epochs"]:
                await MemoryMeasure.OverEpochs();
                return 0;
            case var measures when measures.Except(Measures).FirstOrDefault() is { } unknown:
                await Console.Error.WriteLineAsync($"'{unknown}' is no measure: {string.Join(", ", Measures)} are.");
                return 2;
            case var measures:
                LibTorch.Load();
                using (var images = await BenchedImages.Load(count))
                {
                    InterleavedPairs.Line($"{pairs} interleaved pairs of {count:N0} images; {LibTorch.Environment()}");
                    foreach (string measure in measures is [] ? Measures : measures)
                    {
                        await Measure(measure, images, pairs);
                    }
                }

                return 0;
        }
    }

    private static Task Measure(string measure, BenchedImages images, int pairs) => measure switch
    {
        "plain" => new SpeedMeasures(images, pairs).Plain(),
        "tuned" => new SpeedMeasures(images, pairs).Tuned(),
        "limit" => new SpeedMeasures(images, pairs).Limit(),
        "evaluation" => new SpeedMeasures(images, pairs).Evaluation(),
        "options" => new SpeedMeasures(images, pairs).Options(),
        "orchestrated" => new OrchestratedMeasures(images, pairs).Orchestrated(),
        "checkpoint" => CheckpointMeasure.Run(images),
        "memory" => MemoryMeasure.Run(),
        _ => new OrchestratedMeasures(images, pairs).Calls(),
    };
}
