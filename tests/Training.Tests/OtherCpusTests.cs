using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using Xunit;

namespace Experiments.Training.Tests;

/// <summary>Tests of this project again, in a process that takes the CPU for another one.</summary>
public sealed class OtherCpusTests
{
    private static bool HasAvx512 => Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported;

    [Theory]
    [InlineData("DOTNET_EnableAVX2", "Experiments.Training.Tests.Randomness")]
    [InlineData("DOTNET_EnableAVX2", "Experiments.Training.Tests.Models")]
    [InlineData("DOTNET_EnableAVX512", "Experiments.Training.Tests.Models")]
    public async Task WithoutThemTheNumbersAreTheSame(string instructions, string tests)
    {
        var (exitCode, output) = await Run(instructions, "0", "-namespace", tests);

        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("Total: 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PinnedToAvx2TheGoldenRunIsWithinRoundingAndItsEnvironmentSaysSo()
    {
        Assert.SkipUnless(Avx2.IsSupported, "this machine has no AVX2");

        var (exitCode, output) = await Run("EXPERIMENTS_CPU_CAPABILITY", "avx2", "-class", typeof(GoldenRunTests).FullName!);

        Assert.True(exitCode == 0, output);
        Assert.Contains("CPU capability: AVX2", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACapabilityThatTheMachineHasNotIsNamedWithThoseItHas()
    {
        var (exitCode, output) = await Run("EXPERIMENTS_CPU_CAPABILITY", "mmx", "-class", typeof(GoldenRunTests).FullName!);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("EXPERIMENTS_CPU_CAPABILITY=mmx: this machine has ", output, StringComparison.Ordinal);
        Assert.Contains(HasAvx512 ? "set it to avx512 or avx2." : "set it to ", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> Run(string variable, string value, string filter, string tests)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Experiments.Training.Tests"), [filter, tests, "-noColor", "-showLiveOutput"])
        {
            RedirectStandardOutput = true,
            Environment = { [variable] = value },
        };
        using var process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
