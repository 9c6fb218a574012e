using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Experiments.Training.Data;

namespace Experiments.Training.Tests.Data;

/// <summary>Images as the files that a user would have.</summary>
internal static class Files
{
    public static byte[] IdxImages(ImageSet images) => Idx([images.Count, images.Height, images.Width], images.Pixels);

    public static byte[] IdxLabels(ImageSet images) => Idx([images.Count], Array.ConvertAll(images.Labels.ToArray(), label => (byte)label));

    public static byte[] Idx(int[] sizes, ReadOnlySpan<byte> values)
    {
        var header = new byte[4 + (4 * sizes.Length)];
        BinaryPrimitives.WriteInt32BigEndian(header, 0x0800 + sizes.Length);
        for (int i = 0; i < sizes.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), sizes[i]);
        return [.. header, .. values];
    }

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>As Kaggle has it: a header, the label first.</summary>
    public static string Csv(ImageSet images) => string.Join('\n',
    [
        "label," + string.Join(',', Enumerable.Range(1, images.Height * images.Width).Select(i => $"pixel{i}")),
        .. Enumerable.Range(0, images.Count).Select(i => $"{images.Labels[i]},{string.Join(',', images.Image(i).ToArray().Select(pixel => pixel.ToString(CultureInfo.InvariantCulture)))}"),
        "",
    ]);

    public static ImageFiles WriteIdx(TempFolder folder, string name, ImageSet images, bool gzip = false)
    {
        string end = gzip ? ".gz" : "";
        var files = new ImageFiles { Images = folder[$"{name}-images{end}"], Labels = folder[$"{name}-labels{end}"] };
        File.WriteAllBytes(files.Images, gzip ? Gzip(IdxImages(images)) : IdxImages(images));
        File.WriteAllBytes(files.Labels, gzip ? Gzip(IdxLabels(images)) : IdxLabels(images));
        return files;
    }

    public static ImageFiles WriteCsv(TempFolder folder, string name, ImageSet images)
    {
        var files = new ImageFiles { Csv = folder[$"{name}.csv"] };
        File.WriteAllText(files.Csv, Csv(images));
        return files;
    }

    /// <summary>A built-in dataset as small as a test wants it, and its gzipped files by name.</summary>
    public static (BuiltInDataset Dataset, Dictionary<string, byte[]> Packed) BuiltIn()
    {
        ImageSet train = Some.Images(200, 2, 18, 18), test = Some.Images(120, 2, 18, 18, seed: 2);
        var contents = new Dictionary<string, byte[]>
        {
            ["train-images.gz"] = IdxImages(train), ["train-labels.gz"] = IdxLabels(train), ["test-images.gz"] = IdxImages(test), ["test-labels.gz"] = IdxLabels(test),
        };
        BuiltInFile File(string name) => new(name, contents[name].Length, Convert.ToHexStringLower(SHA256.HashData(contents[name])));
        var dataset = new BuiltInDataset
        {
            Name = "tiny",
            Classes = ["low", "high"],
            ImageSize = new ImageSize(18, 18),
            Train = new BuiltInImages { Images = File("train-images.gz"), Labels = File("train-labels.gz"), Csv = "train.csv", PerClass = 100 },
            Test = new BuiltInImages { Images = File("test-images.gz"), Labels = File("test-labels.gz"), Csv = "test.csv", PerClass = 60 },
            Sha256 = ContentHash.Compute(["low", "high"], train, test),
            Upstream = new Uri("http://127.0.0.1:1/"),
            DebianPackage = "dataset-tiny",
        };
        return (dataset, contents.ToDictionary(content => content.Key, content => Gzip(content.Value)));
    }
}
