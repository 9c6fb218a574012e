using System.Runtime.Intrinsics.X86;
using System.Text;
using Xunit;

namespace Experiments.Training.Tests;

/// <summary>
/// Two epochs whose every number is written down: a change of the arithmetic, the random numbers or libtorch shows here, and must be
/// meant. To the bit on the processors they were measured on (MKL and oneDNN have kernels of their own for each maker and family), within
/// rounding on others.
/// </summary>
public sealed class GoldenRunTests
{
    /// <summary>AVX-512 on AMD's families 25 (Zen 4) and 26 (Zen 5), which differ in the last bits.</summary>
    private const string CpuCapability = "AVX512", CpuMaker = "AuthenticAMD";
    private static readonly int[] CpuFamilies = [25, 26];

    private static readonly GoldenRun[] Runs =
    [
        new("92547e49e45e4e90e167937b45f805f7aa89349344ff2c4cfbef1a0d64abff79",
        [
            new(1, 2.3600893199443815, 0.125, 2.1941166803240777, 0.2625, 0),
            new(2, 2.1576207339763642, 0.18125, 2.007530091702938, 0.575, 0),
        ]),
        new("1ac7b077d98752eebc99374a0f4ced4cda87ab35fd69b2d2547562537676480a",
        [
            new(1, 2.360089290142059, 0.125, 2.194116677343845, 0.2625, 0),
            new(2, 2.1576207101345064, 0.18125, 2.0075300961732863, 0.575, 0),
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

        if (capability == CpuCapability && Maker() == CpuMaker && CpuFamilies.Contains(Family()))
        {
            var golden = Runs.FirstOrDefault(run => run.WeightsSha256 == completed.Evaluation.WeightsSha256);
            Assert.True(golden is not null, $"Weights {completed.Evaluation.WeightsSha256} are new on family {Family()}, with the history {string.Join(", ", history.AsEnumerable())}");
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

    /// <summary>Base and extended family of the processor, in the register EAX of CPUID's leaf 1.</summary>
    private static int Family()
    {
        int signature = X86Base.CpuId(1, 0).Eax;
        return ((signature >> 8) & 0xF) + ((signature >> 20) & 0xFF);
    }

    private sealed record GoldenRun(string WeightsSha256, EpochMetrics[] History);
}
