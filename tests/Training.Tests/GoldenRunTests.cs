using Xunit;

namespace Experiments.Training.Tests;

/// <summary>
/// Two epochs whose every number is written down: a change of the arithmetic, the random numbers or libtorch shows here, and must be
/// meant. To the bit on the processors they were measured on (MKL and oneDNN have kernels of their own for each maker and family), within
/// rounding on others.
/// </summary>
public sealed class GoldenRunTests
{
    /// <summary>AVX-512 on AMD's family 26 (Zen 5).</summary>
    private static readonly string[] Processors = ["AuthenticAMD family 26 with AVX512"];

    private static readonly GoldenRun[] Runs =
    [
        new("2f4435a480cfab8a4ba4f007012d12f7a15a8eb258063a61fec6d550c94fd0b9",
        [
            new(1, 2.3452157855033873, 0.140625, 2.1827769473195078, 0.3125, 0),
            new(2, 2.1407963752746584, 0.209375, 1.9549738124012948, 0.45, 0),
        ]),
    ];

    [Fact]
    public void TwoEpochsAreWhatTheyWere()
    {
        // Asked before anything is trained, as a slot does.
        string capability = LibTorch.Environment().CpuCapability;
        TestContext.Current.TestOutputHelper!.WriteLine($"CPU capability: {capability}");
        using var progress = new Progress();
        var outcome = Trainer.Train(Some.Config(), Some.TrainingSet(), checkpoint: null, progress, TimeProvider.System, progress.Stop);
        var completed = Assert.IsType<TrainingOutcome.Completed>(outcome);
        EpochMetrics[] history = [.. progress.History.Select(epoch => epoch with { Seconds = 0 })];

        if (Processors.Contains(Processor.Kind(capability)))
        {
            var golden = Runs.FirstOrDefault(run => run.WeightsSha256 == completed.Evaluation.WeightsSha256);
            Assert.True(golden is not null, $"Weights {completed.Evaluation.WeightsSha256} are new on {Processor.Kind(capability)}, with the history {string.Join(", ", history.AsEnumerable())}");
            Assert.Equal(golden.History, history);
            return;
        }

        var near = Runs[0].History;
        Assert.Equal(near.Length, history.Length);
        Assert.All(near.Zip(history), pair =>
        {
            Assert.Equal(pair.First.TrainLoss, pair.Second.TrainLoss, 1e-3);
            Assert.Equal(pair.First.ValidationLoss, pair.Second.ValidationLoss, 1e-3);
            Assert.Equal(pair.First.TrainAccuracy, pair.Second.TrainAccuracy, 0.01);
            Assert.Equal(pair.First.ValidationAccuracy, pair.Second.ValidationAccuracy, 0.05);
        });
    }

    private sealed record GoldenRun(string WeightsSha256, EpochMetrics[] History);
}
