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
    /// <summary>AVX-512 on AMD's family 26 (Zen 5).</summary>
    private const string CpuCapability = "AVX512", CpuMaker = "AuthenticAMD";
    private static readonly int[] CpuFamilies = [26];

    private static readonly GoldenRun[] Runs =
    [
        new("8b8cb573ddd6b374b6d488ed4befe1dae8feb048cc6cdef72b0140796d3e9027",
        [
            new(1, 2.345215892791748, 0.140625, 2.182776951789856, 0.3125, 0),
            new(2, 2.1407964289188386, 0.209375, 1.9549738436937332, 0.45, 0),
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
