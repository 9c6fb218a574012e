using static Experiments.Benchmarks.Training.InterleavedPairs;

namespace Experiments.Benchmarks.Training;

/// <summary>How fast two experiments side by side train, the baseline and the one with dropout: against rivals, the arithmetic limit, and their own evaluation.</summary>
internal sealed class SpeedMeasures(BenchedImages images, int pairs)
{
    /// <summary>The rival as TorchSharp's examples write it, with all the threads that both experiments have.</summary>
    public Task Plain() => Each("plain", "plain TorchSharp on two threads", baseline: 2.4, dropout: 2.8, rates =>
        images.Count / RivalTorchSharp.TrainEpoch(images, HasDropout(rates), threads: SideBySide.Experiments, channelsLast: false));

    /// <summary>The rival tuned by the book: channels-last, one thread each, side by side.</summary>
    public Task Tuned() => Each("tuned", "TorchSharp channels-last side by side", baseline: 1.5, dropout: 1.5, rates =>
        SideBySide.Experiments * images.Count
        / ArithmeticLimit.Parallel(SideBySide.Experiments, _ => RivalTorchSharp.TrainEpoch(images, HasDropout(rates), threads: 1, channelsLast: true)).Max());

    public Task Limit() => Each("limit", "the arithmetic limit", baseline: 0.65, dropout: 0.58, _ =>
        ArithmeticLimit.Measure(SideBySide.Experiments) / ArithmeticLimit.FlopPerImage);

    public async Task Evaluation()
    {
        foreach (var (name, rates) in Experiments)
        {
            var (evaluated, trained, ratio) = await new InterleavedPairs($"evaluation, {name}", "evaluated images/s", "trained images/s")
                .Medians(pairs, () => SideBySide.Evaluate(images, rates), () => SideBySide.Train(images, rates));
            Line($"evaluation, {name}: {evaluated:N0} images/s evaluated, {trained:N0} trained: {ratio:F2}× (bar 3×)");
        }
    }

    private static IEnumerable<(string Name, DropoutRates Rates)> Experiments => [("baseline", new()), ("dropout", SideBySide.Dropout)];

    private static bool HasDropout(DropoutRates rates) => rates == SideBySide.Dropout;

    /// <param name="than">Images per second of what ours is compared with.</param>
    private async Task Each(string measure, string rival, double baseline, double dropout, Func<DropoutRates, double> than)
    {
        foreach (var (name, rates) in Experiments)
        {
            var (ours, theirs, ratio) = await new InterleavedPairs($"{measure}, {name}", "ours images/s", "theirs")
                .Medians(pairs, () => SideBySide.Train(images, rates), () => than(rates));
            Line($"{measure}, {name}: {ours:N0} images/s side by side, {theirs:N0} of {rival}: {ratio:F2}× (bar {(HasDropout(rates) ? dropout : baseline)}×)");
        }
    }
}
