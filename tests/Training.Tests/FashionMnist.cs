using Experiments.Training.Data;
using Xunit;

namespace Experiments.Training.Tests;

/// <summary>The real dataset, as the system's package installs it.</summary>
internal static class FashionMnist
{
    private static readonly Lazy<Task<Dataset>> Loaded = new(
        () => new DatasetLoader(new DatasetOptions { DataFolder = Folder }).LoadAsync(BuiltInDatasets.FashionMnist.Reference, progress: null, CancellationToken.None));

    private static string Folder => new DatasetOptions().SystemFolder;

    /// <summary>The folder that holds it. Where it is missing the test is skipped, in CI it fails.</summary>
    public static string RequiredFolder()
    {
        string missing = $"{Folder} is missing: apt install {BuiltInDatasets.FashionMnist.DebianPackage}";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.True(Directory.Exists(Folder), missing);
        Assert.SkipUnless(Directory.Exists(Folder), missing);
        return Folder;
    }

    /// <inheritdoc cref="RequiredFolder"/>
    public static Task<Dataset> Required()
    {
        RequiredFolder();
        return Loaded.Value;
    }
}
