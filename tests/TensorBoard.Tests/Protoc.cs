using System.Diagnostics;
using Experiments.Processes;

namespace Experiments.TensorBoard.Tests;

/// <summary>The compiler of protobuf, as a reader that knows nothing of this program.</summary>
internal static class Protoc
{
    /// <summary>Where it is not installed a test is skipped, and fails in CI.</summary>
    public static void SkipIfMissing() => Prerequisite.Program("protoc", "apt install protobuf-compiler");

    /// <returns>A message's fields by their numbers, as text.</returns>
    public static async Task<string> DecodeRaw(byte[] message)
    {
        using var process = Process.Start(new ProcessStartInfo("protoc", ["--decode_raw"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(message);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return await text;
    }
}
