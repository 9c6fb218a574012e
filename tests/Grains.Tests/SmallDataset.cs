using System.Buffers.Binary;

namespace Experiments.Grains.Tests;

/// <summary>300 images to train on and 60 to test on, of 18 × 18 pixels in three classes: stripes that lie, stand or slant, in noise.</summary>
internal sealed class SmallDataset : IDisposable
{
    private const int Side = 18;

    private readonly TemporaryFolder _folder = new();

    public SmallDataset()
    {
        WriteImages("train", 300, seed: 1);
        WriteImages("test", 60, seed: 2);
    }

    public DatasetReference Reference => new()
    {
        Name = "stripes",
        Files = new DatasetFiles { Classes = ["lying", "standing", "slanting"], Train = Files("train"), Test = Files("test") },
    };

    public string TrainImages => _folder.File("train-images");

    public void Dispose() => _folder.Dispose();

    private ImageFiles Files(string part) => new() { Images = _folder.File($"{part}-images"), Labels = _folder.File($"{part}-labels") };

    private void WriteImages(string part, int count, int seed)
    {
        var random = new Random(seed);
        byte[] images = new byte[16 + (count * Side * Side)], labels = new byte[8 + count];
        Header(images, 0x803, count, Side, Side);
        Header(labels, 0x801, count);
        for (int image = 0; image < count; image++)
        {
            int label = image % 3;
            labels[8 + image] = (byte)label;
            for (int pixel = 0; pixel < Side * Side; pixel++)
            {
                int along = label switch { 0 => pixel / Side, 1 => pixel % Side, _ => (pixel / Side) + (pixel % Side) };
                images[16 + (image * Side * Side) + pixel] = (byte)((along % 4 < 2 ? 120 : 20) + random.Next(100));
            }
        }

        File.WriteAllBytes(_folder.File($"{part}-images"), images);
        File.WriteAllBytes(_folder.File($"{part}-labels"), labels);
    }

    private static void Header(byte[] file, params int[] numbers)
    {
        for (int index = 0; index < numbers.Length; index++)
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(index * sizeof(int)), numbers[index]);
        }
    }
}
