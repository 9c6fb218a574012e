using System.Collections.Immutable;

namespace Experiments;

/// <summary>The data a grid trains on, identified by their content.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.DatasetReference")]
public sealed record DatasetReference
{
    public const string FashionMnist = "fashion-mnist";

    /// <summary><c>fashion-mnist</c>, or the name that the user gave to data of their own.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>SHA-256 of the decoded content, in lower-case hexadecimal: the same for IDX, gzipped IDX and CSV; empty until the data were read.</summary>
    [Id(1)] public string Sha256 { get; init; } = "";

    /// <summary>What the user said of data of their own; null for the built-in dataset.</summary>
    [Id(2)] public DatasetFiles? Files { get; init; }

    /// <summary>Number of training images, those for validation included; 0 until the data were read.</summary>
    [Id(3)] public int TrainImages { get; init; }

    /// <summary>Whether the content is in the storage, from where each silo takes it by its SHA-256; else a silo reads the files, or finds the built-in dataset.</summary>
    [Id(4)] public bool IsStored { get; init; }

    /// <summary>The same data, once they are in the storage: where they lay on the user's machine says nothing any more.</summary>
    public DatasetReference AsStored() => this with
    {
        IsStored = true,
        Files = Files is null ? null : Files with { Train = new ImageFiles(), Test = new ImageFiles() },
    };
}

/// <summary>Data of the user's own: class names by label, and the files of both parts.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.DatasetFiles")]
public sealed record DatasetFiles
{
    /// <summary>Class names; an image's label is an index into them. At least 2.</summary>
    [Id(0)] public required ImmutableArray<string> Classes { get; init; }

    [Id(1)] public required ImageFiles Train { get; init; }

    [Id(2)] public required ImageFiles Test { get; init; }

    /// <summary>Height and width in pixels of the images in a CSV; null where they are square, or read from the IDX header.</summary>
    [Id(3)] public ImageSize? ImageSize { get; init; }
}

[GenerateSerializer, Immutable, Alias("Experiments.ImageSize")]
public sealed record ImageSize([property: Id(0)] int Height, [property: Id(1)] int Width);

/// <summary>Either <see cref="Images"/> and <see cref="Labels"/> (IDX, gzipped or plain), or <see cref="Csv"/>; absolute paths. All null where the content is in the storage.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.ImageFiles")]
public sealed record ImageFiles
{
    [Id(0)] public string? Images { get; init; }

    [Id(1)] public string? Labels { get; init; }

    /// <summary>A header, then one image a row: the label first, then the pixels row by row.</summary>
    [Id(2)] public string? Csv { get; init; }
}
