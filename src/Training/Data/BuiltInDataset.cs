using System.Collections.Immutable;

namespace Experiments.Training.Data;

/// <summary>A dataset known by name: what it holds is known before it is read.</summary>
public sealed record BuiltInDataset
{
    public required string Name { get; init; }

    /// <summary>Names by label.</summary>
    public required ImmutableArray<string> Classes { get; init; }

    public required ImageSize ImageSize { get; init; }

    public required BuiltInImages Train { get; init; }

    public required BuiltInImages Test { get; init; }

    /// <summary>The <see cref="ContentHash"/> in the order of the IDX files.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Address to which the names of the IDX files are appended.</summary>
    public required Uri Upstream { get; init; }

    /// <summary>The package that holds the IDX files, in Debian and Ubuntu.</summary>
    public required string DebianPackage { get; init; }

    public ImmutableArray<BuiltInFile> Files => [Train.Images, Train.Labels, Test.Images, Test.Labels];

    /// <summary>Refers to it by content, with no file read.</summary>
    public DatasetReference Reference => new() { Name = Name, Sha256 = Sha256 };
}

/// <summary>The training or the test images of a built-in dataset.</summary>
public sealed record BuiltInImages
{
    public required BuiltInFile Images { get; init; }

    public required BuiltInFile Labels { get; init; }

    /// <summary>File name of the same images as CSV, in whatever order.</summary>
    public required string Csv { get; init; }

    /// <summary>Number of images of each class.</summary>
    public required int PerClass { get; init; }
}

/// <param name="Name">As it is published, gzipped.</param>
/// <param name="Bytes">Unpacked.</param>
/// <param name="Sha256">Of the unpacked content: the gzipped bytes differ from one publisher to the next.</param>
public sealed record BuiltInFile(string Name, long Bytes, string Sha256)
{
    /// <summary>As it is called when unpacked.</summary>
    public string PlainName => Path.GetFileNameWithoutExtension(Name);
}
