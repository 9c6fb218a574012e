using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Experiments.Training.Data;
using TorchSharp;

namespace Experiments.Benchmarks.Training;

/// <summary>The first images of Fashion-MNIST, as each of the measures wants them.</summary>
internal sealed class BenchedImages : IDisposable
{
    public const int BatchSize = 128;

    private readonly Dataset _all;

    private BenchedImages(Dataset all, int count)
    {
        (_all, Count) = (all, count);
        Tensor = torch.tensor(all.Train.Pixels[..(count * all.Train.Height * all.Train.Width)].ToArray().Select(pixel => pixel / 255f).ToArray(), [count, 1, all.Train.Height, all.Train.Width]);
        Labels = torch.tensor(all.Train.Labels[..count].ToArray().Select(label => (long)label).ToArray());

        // One batch each to validate and to test on: what is timed is training alone.
        int[] indices = [.. Enumerable.Range(0, count + BatchSize)];
        Training = new TrainingSet(new Dataset("training", all.Classes, Take(all.Train, count + BatchSize), Take(all.Test, BatchSize)), new DataSplit(indices[..count], indices[count..]));
    }

    /// <summary>Images to train on, or to evaluate.</summary>
    public int Count { get; }

    /// <summary>[Count, 1, 28, 28], 0 to 1.</summary>
    public torch.Tensor Tensor { get; }

    /// <summary>[Count].</summary>
    public torch.Tensor Labels { get; }

    /// <summary>All to train on.</summary>
    public TrainingSet Training { get; }

    /// <param name="count">Up to 48,000.</param>
    public static async Task<BenchedImages> Load(int count) => new(
        await new DatasetLoader(new DatasetOptions()).LoadAsync(new DatasetReference { Name = DatasetReference.FashionMnist }, progress: null, CancellationToken.None), count);

    /// <summary>Writes them to files with validation and test images in Fashion-MNIST's proportions: 48 to 12 to 10.</summary>
    /// <returns>What a silo reads them by, and as it divides them.</returns>
    public async Task<(DatasetReference Reference, TrainingSet Data)> Write(string folder)
    {
        var reference = new DatasetReference
        {
            Name = "first-images",
            Files = new DatasetFiles
            {
                Classes = _all.Classes,
                Train = WriteIdx(Path.Combine(folder, "train"), Take(_all.Train, Count * 60 / 48)),
                Test = WriteIdx(Path.Combine(folder, "test"), Take(_all.Test, Math.Max(1, Count * 10 / 48))),
            },
        };
        var dataset = await new DatasetLoader(new DatasetOptions()).LoadAsync(reference, progress: null, CancellationToken.None);
        var split = new SplitConfig();
        return (
            reference with { Sha256 = dataset.Sha256, TrainImages = dataset.Train.Count },
            new TrainingSet(dataset, TrainTestSplit.Create(dataset.Train.Count, split.Validation, split.Seed)));
    }

    public void Dispose()
    {
        Tensor.Dispose();
        Labels.Dispose();
    }

    private static ImageSet Take(ImageSet set, int count) =>
        new(set.Height, set.Width, set.Pixels[..(count * set.Height * set.Width)].ToArray(), set.Labels[..count].ToArray());

    private static ImageFiles WriteIdx(string path, ImageSet set)
    {
        var files = new ImageFiles { Images = path + "-images", Labels = path + "-labels" };
        File.WriteAllBytes(files.Images, [.. Header(set.Count, set.Height, set.Width), .. set.Pixels]);
        File.WriteAllBytes(files.Labels, [.. Header(set.Count), .. set.Labels.ToArray().Select(label => (byte)label)]);
        return files;
    }

    private static byte[] Header(params int[] sizes)
    {
        const int MagicOfBytes = 0x0800;
        int[] numbers = [MagicOfBytes + sizes.Length, .. sizes];
        return MemoryMarshal.AsBytes<int>(Array.ConvertAll(numbers, BinaryPrimitives.ReverseEndianness)).ToArray();
    }
}
