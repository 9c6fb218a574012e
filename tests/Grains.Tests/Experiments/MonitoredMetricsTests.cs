namespace Experiments.Grains.Tests.Experiments;

public class MonitoredMetricsTests
{
    private static readonly EpochMetrics[] History =
    [
        new(1, 0.5, 0.5, ValidationLoss: 0.4, ValidationAccuracy: 0.80, 1), new(2, 0.5, 0.5, ValidationLoss: 0.3, ValidationAccuracy: 0.85, 1),
        new(3, 0.5, 0.5, ValidationLoss: 0.3, ValidationAccuracy: 0.90, 1), new(4, 0.5, 0.5, ValidationLoss: 0.5, ValidationAccuracy: 0.90, 1),
    ];

    [Fact]
    public void TheLowestLossIsBestAndTheFirstOfEqualOnes() => Assert.Equal(2, MonitoredMetric.ValidationLoss.Best(History)!.Epoch);

    [Fact]
    public void TheHighestAccuracyIsBestAndTheFirstOfEqualOnes() => Assert.Equal(3, MonitoredMetric.ValidationAccuracy.Best(History)!.Epoch);

    [Fact]
    public void WithoutAnEpochThereIsNone() => Assert.Null(MonitoredMetric.ValidationLoss.Best([]));

    [Fact]
    public void AValueThatIsNoNumberIsNotBetterThanAnother() =>
        Assert.Equal(1, MonitoredMetric.ValidationLoss.Best([History[0], History[1] with { ValidationLoss = double.NaN }])!.Epoch);
}
