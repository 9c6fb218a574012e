using System.Diagnostics;

namespace Experiments.TensorBoard.Tests;

/// <summary>The compiler of protobuf, as a reader that knows nothing of this program.</summary>
internal static class Protoc
{
    private const string Missing = "protoc is not installed: apt install protobuf-compiler.";

    /// <summary>Where it is not installed a test is skipped, and fails in CI.</summary>
    public static void SkipIfMissing()
    {
        if (!(Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? []).Any(folder => File.Exists(Path.Combine(folder, "protoc"))))
        {
            Assert.True(Environment.GetEnvironmentVariable("CI") != "true", Missing);
            Assert.Skip(Missing);
        }
    }

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
