using System.Runtime.Intrinsics.X86;
using System.Text;
using Xunit;

namespace Experiments.Training.Tests;

/// <summary>
/// Two epochs whose every number is written down: a change of the arithmetic, the random numbers or libtorch shows here, and must be
/// meant. To the bit on machines of the CPU capability and the maker they were measured on (MKL has kernels of its own for each maker),
/// within rounding on others.
/// </summary>
public sealed class GoldenRunTests
{
    private const string CpuCapability = "AVX512", CpuMaker = "AuthenticAMD";
    private const string WeightsSha256 = "92547e49e45e4e90e167937b45f805f7aa89349344ff2c4cfbef1a0d64abff79";

    private static readonly EpochMetrics[] History =
    [
        new(1, 2.3600893199443815, 0.125, 2.1941166803240777, 0.2625, 0),
        new(2, 2.1576207339763642, 0.18125, 2.007530091702938, 0.575, 0),
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

        if (capability == CpuCapability && Maker() == CpuMaker)
        {
            Assert.Equal(History, history);
            Assert.Equal(WeightsSha256, completed.Evaluation.WeightsSha256);
            return;
        }

        Assert.Equal(History.Length, history.Length);
        Assert.All(History.Zip(history), pair =>
        {
            Assert.Equal(pair.First.TrainLoss, pair.Second.TrainLoss, 1e-3);
            Assert.Equal(pair.First.ValidationLoss, pair.Second.ValidationLoss, 1e-3);
            Assert.Equal(pair.First.TrainAccuracy, pair.Second.TrainAccuracy, 0.01);
            Assert.Equal(pair.First.ValidationAccuracy, pair.Second.ValidationAccuracy, 0.05);
        });
    }

    /// <summary>The twelve letters in the registers EBX, EDX and ECX of CPUID's leaf 0.</summary>
    private static string Maker()
    {
        if (!X86Base.IsSupported)
        {
            return "";
        }

        var (_, ebx, ecx, edx) = X86Base.CpuId(0, 0);
        return Encoding.ASCII.GetString([.. new[] { ebx, edx, ecx }.SelectMany(BitConverter.GetBytes)]);
    }
}
