using System.Diagnostics;
using System.IO.Compression;
using TorchSharp;
using Xunit;

namespace Experiments.Training.Tests;

/// <summary>The build step that lets TorchSharp's library load on Debian 12, run as the build runs it.</summary>
public sealed class LibTorchSharpTests : IDisposable
{
    private static readonly string PackageFolder = Path.Combine(
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        "torchsharp");

    private readonly string _folder = Directory.CreateTempSubdirectory("experiments-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheLibraryBesideTheTestsLoads() => Assert.Equal(6f, torch.tensor([1f, 2f, 3f]).sum().item<float>());

    [Fact]
    public void ThePackageCacheIsUntouched()
    {
        string package = Directory.GetFiles(PackageFolder, "torchsharp.*.nupkg", SearchOption.AllDirectories).Single();
        using var archive = ZipFile.OpenRead(package);
        using var published = new MemoryStream();
        archive.GetEntry("runtimes/linux-x64/native/libLibTorchSharp.so")!.Open().CopyTo(published);

        Assert.True(published.ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(Cached)));
    }

    [Fact]
    public void OneByteDiffersFromTheCachedLibrary()
    {
        byte[] cached = File.ReadAllBytes(Cached);
        byte[] loadable = Weaken(Cached, "loadable.so");

        Assert.Equal(cached.Length, loadable.Length);
        var differing = Enumerable.Range(0, cached.Length).Where(i => cached[i] != loadable[i]).ToList();
        Assert.Equal(cached[Assert.Single(differing)] | 2, loadable[differing[0]]);
    }

    [Fact]
    public void ALoadableLibraryIsLeftAsItIs()
    {
        byte[] loadable = Weaken(Cached, "loadable.so");
        Assert.True(Weaken(Path.Combine(_folder, "loadable.so"), "again.so").AsSpan().SequenceEqual(loadable));

        string withoutTheVersion = Path.Combine(AppContext.BaseDirectory, "libtorch.so");
        Assert.True(Weaken(withoutTheVersion, "other.so").AsSpan().SequenceEqual(File.ReadAllBytes(withoutTheVersion)));
    }

    private static string Cached =>
        Directory.GetFiles(PackageFolder, "libLibTorchSharp.so", SearchOption.AllDirectories).Single(path => path.Contains("linux-x64", StringComparison.Ordinal));

    private byte[] Weaken(string source, string name)
    {
        string destination = Path.Combine(_folder, name);
        var targets = Path.Combine(Repository.Root, "build", "LibTorchSharp.targets");
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["msbuild", targets, "-t:Weaken", $"-p:Source={source}", $"-p:Destination={destination}"])
        {
            RedirectStandardOutput = true,
        })!;
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        Assert.True(build.ExitCode == 0, output);
        return File.ReadAllBytes(destination);
    }
}
