using Xunit;

namespace Experiments.Training.Tests;

public sealed class LearningRateTests
{
    private const int Batches = 4;

    [Fact]
    public void WithoutAScheduleItStaysAsItIs() =>
        Assert.All(Rates(new(), epochs: 5), rate => Assert.Equal(0.3, rate));

    [Theory]
    [InlineData(LearningRateDecay.Constant)]
    [InlineData(LearningRateDecay.Step)]
    [InlineData(LearningRateDecay.Cosine)]
    public void TheWarmUpRisesEvenlyToTheFullRate(LearningRateDecay kind)
    {
        double[] rates = Rates(new() { Kind = kind, Warmup = 2 }, epochs: 3);

        Assert.All(rates.Take(2 * Batches), (rate, batch) => Assert.Equal(0.3 * (batch + 1) / 8, rate, 1e-15));
        Assert.Equal(0.3, rates[2 * Batches]);
    }

    [Fact]
    public void AWarmUpLongerThanTheTrainingNeverGetsThere() =>
        Assert.Equal(0.15, Rates(new() { Kind = LearningRateDecay.Cosine, Warmup = 6 }, epochs: 3)[^1]);

    [Fact]
    public void StepsComeEverySoManyEpochsAfterTheWarmUp()
    {
        double[] rates = Rates(new() { Kind = LearningRateDecay.Step, Warmup = 1, Every = 2, Factor = 0.5 }, epochs: 7);

        Assert.Equal([0.3, 0.3, 0.3, 0.15, 0.15, 0.075, 0.075], rates.Where((_, batch) => batch % Batches == Batches - 1));
        Assert.Equal([0.3, 0.3, 0.15, 0.15, 0.075, 0.075], rates.Skip(Batches).Where((_, batch) => batch % Batches == 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void HalfACosineEndsAtNothingWithTheLastEpoch(int warmup)
    {
        const int Epochs = 10;
        double[] rates = [.. Rates(new() { Kind = LearningRateDecay.Cosine, Warmup = warmup }, Epochs).Skip(warmup * Batches)];

        Assert.Equal(0.3, rates[0]);
        Assert.Equal(0.15, rates[rates.Length / 2], 1e-15);
        Assert.All(rates, (rate, batch) => Assert.Equal(0.3 * Math.Pow(Math.Cos(Math.PI * batch / (2 * rates.Length)), 2), rate, 1e-15));
        Assert.True(rates.Zip(rates.Skip(1)).All(pair => pair.First > pair.Second));
        Assert.InRange(rates[^1], 1e-6, 0.003);
        Assert.Equal(0, LearningRate.At(Training(new() { Kind = LearningRateDecay.Cosine, Warmup = warmup }, Epochs), Epochs + 1, 0, Batches));
    }

    [Fact]
    public void TheLongestTrainingHasARateToo()
    {
        var training = Training(new() { Kind = LearningRateDecay.Cosine, Warmup = 99_999 }, epochs: 100_000);

        Assert.Equal(0.3, LearningRate.At(training, 99_999, 59_999, 60_000));
        Assert.Equal(0.15, LearningRate.At(training, 100_000, 30_000, 60_000), 1e-12);
    }

    private static TrainingConfig Training(LearningRateSchedule schedule, int epochs) => new() { Epochs = epochs, LearningRate = 0.3, Schedule = schedule };

    private static double[] Rates(LearningRateSchedule schedule, int epochs) =>
        [.. from epoch in Enumerable.Range(1, epochs) from batch in Enumerable.Range(0, Batches) select LearningRate.At(Training(schedule, epochs), epoch, batch, Batches)];
}
