using Experiments.Processes;
using Experiments.Training.Data;

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
        Prerequisite.Met(Directory.Exists(Folder), $"{Folder} is missing: apt install {BuiltInDatasets.FashionMnist.DebianPackage}");
        return Folder;
    }

    /// <inheritdoc cref="RequiredFolder"/>
    public static Task<Dataset> Required()
    {
        RequiredFolder();
        return Loaded.Value;
    }

    public static ImageSet First(ImageSet images, int count) =>
        new(images.Height, images.Width, images.Pixels[..(count * images.Height * images.Width)].ToArray(), images.Labels[..count].ToArray());
}
