using static Experiments.Benchmarks.Training.InterleavedPairs;

namespace Experiments.Benchmarks.Training;

/// <summary>How fast two experiments side by side train, the baseline and the one with dropout: against rivals, the arithmetic limit, their own evaluation, and without the options.</summary>
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

    /// <summary>All that a training may be told beside its defaults, at once, against the defaults.</summary>
    public async Task Options()
    {
        foreach (var (name, rates) in Experiments)
        {
            var (with, without, ratio) = await new InterleavedPairs($"options, {name}", "with images/s", "without")
                .Medians(pairs, () => SideBySide.Train(images, rates, WithOptions), () => SideBySide.Train(images, rates));
            Line($"options, {name}: {with:N0} images/s with decay, a schedule, smoothed labels and augmentation, {without:N0} without: {ratio:F3}×");
        }
    }

    private static TrainingConfig WithOptions(TrainingConfig training) => training with
    {
        Optimizer = Optimizer.Adamw,
        WeightDecay = 0.01,
        LabelSmoothing = 0.1,
        Schedule = new() { Kind = LearningRateDecay.Cosine, Warmup = 1 },
        EarlyStopping = new() { Patience = 1, RestoreBest = true },
        Augmentation = new() { Shift = 2, Flip = true },
    };

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
