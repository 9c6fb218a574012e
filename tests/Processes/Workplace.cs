using System.Buffers.Binary;

namespace Experiments.Processes;

/// <summary>A temporary folder with a small dataset and a grid file on it; deleted with all that was written there.</summary>
internal sealed class Workplace : IDisposable
{
    public const int Classes = 4, TrainImages = 6_000, TestImages = 400;
    private const int Side = 18;

    private static readonly string[] ClassNames = ["left", "right", "top", "bottom"];

    public Workplace(int trainImages = TrainImages)
    {
        WriteImages("train", trainImages, seed: 1);
        WriteImages("test", TestImages, seed: 2);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("experiments-").FullName;

    /// <summary>Writes a grid file on the small dataset.</summary>
    /// <param name="experiments">YAML, indented below <c>experiments:</c>.</param>
    /// <param name="classes">Their names; null for the usual four.</param>
    /// <returns>Its name in the folder.</returns>
    public string Grid(string name, string experiments, int epochs = 2, string more = "", IReadOnlyList<string>? classes = null)
    {
        File.WriteAllText(Path.Combine(Folder, $"{name}.yaml"),
            $"""
            name: {name}
            dataset:
              name: halves
              classes: [{string.Join(", ", (classes ?? ClassNames).Select(Quoted))}]
              train: {PartOf("train")}
              test: {PartOf("test")}
            training: {"{"} epochs: {epochs}, batchSize: 32 {"}"}
            {more}
            experiments:
            {experiments}
            """);
        return $"{name}.yaml";
    }

    public string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Quoted(string name) => $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string PartOf(string part) => $"{{ images: {part}-images.idx, labels: {part}-labels.idx }}";

    /// <summary>One half of each image is brighter: which one is its class. Noise keeps it from being learned at once.</summary>
    private void WriteImages(string part, int count, int seed)
    {
        var random = new Random(seed);
        byte[] images = new byte[16 + (count * Side * Side)];
        byte[] labels = new byte[8 + count];
        Header(images, 0x0803, count, Side, Side);
        Header(labels, 0x0801, count);
        for (int image = 0; image < count; image++)
        {
            int label = random.Next(Classes);
            labels[8 + image] = (byte)label;
            for (int y = 0; y < Side; y++)
            {
                for (int x = 0; x < Side; x++)
                {
                    bool bright = label switch { 0 => x < Side / 2, 1 => x >= Side / 2, 2 => y < Side / 2, _ => y >= Side / 2 };
                    images[16 + (((image * Side) + y) * Side) + x] = (byte)(random.Next(224) + (bright ? 32 : 0));
                }
            }
        }

        File.WriteAllBytes(PathOf($"{part}-images.idx"), images);
        File.WriteAllBytes(PathOf($"{part}-labels.idx"), labels);
    }

    private static void Header(byte[] file, params ReadOnlySpan<int> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(i * sizeof(int)), numbers[i]);
        }
    }
}
