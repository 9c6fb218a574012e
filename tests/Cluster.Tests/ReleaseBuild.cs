using System.Diagnostics;
using Xunit;

namespace Experiments.Cluster.Tests;

/// <summary>The programs as users build them.</summary>
internal static class ReleaseBuild
{
    /// <summary>Builds what has changed since they were last built; CI has done so before its tests.</summary>
    /// <returns>The folder of the client, which holds the silo too.</returns>
    public static async Task<string> Folder()
    {
        string client = Path.Combine(Root(AppContext.BaseDirectory), "src", "Client");
        // Servers that outlive the build would hold its output open.
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", client, "-c", "Release", "-v", "quiet", "-nologo", "--disable-build-servers"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = build.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(build.ExitCode == 0, output + await errors);
        return Path.Combine(client, "bin", "Release", "net10.0");
    }

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Experiments.sln")) ? folder : Root(Path.GetDirectoryName(folder)!);
}
