using System.Diagnostics;
using Xunit;

namespace Experiments.Training.Tests;

/// <summary>These tests again, in a process whose runtime is told that the CPU has no AVX2.</summary>
public sealed class WithoutAvx2Tests
{
    [Theory]
    [InlineData("Experiments.Training.Tests.Randomness")]
    [InlineData("Experiments.Training.Tests.Models")]
    public async Task TheSameTestsPass(string tests)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Experiments.Training.Tests"), ["-namespace", tests, "-noColor"])
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_EnableAVX2"] = "0" },
        };

        using var process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, output);
        Assert.DoesNotContain("Total: 0", output, StringComparison.Ordinal);
        Assert.Contains("Failed: 0", output, StringComparison.Ordinal);
    }
}
