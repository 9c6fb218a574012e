using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>Reads <c>dataset</c>: the built-in one by name, or a description of the user's own.</summary>
/// <param name="folder">What relative paths are relative to.</param>
/// <param name="faults">Where faults go.</param>
internal sealed class DatasetReader(string folder, FaultList faults)
{
    private const string Key = "dataset";

    private static readonly Setting<int> Pixels =
        Setting.Whole<int>("dataset.imageSize", SmallestImage, 10_000, (_, value) => (int)value);

    /// <summary>What the model's convolutions and poolings need to leave the last of them a pixel.</summary>
    private const int SmallestImage = 18;

    private readonly ValueReader _values = new(faults);

    public DatasetReference? Read(YamlNode node)
    {
        if (node is YamlScalar { Text: DatasetReference.FashionMnist }) return new DatasetReference { Name = DatasetReference.FashionMnist };

        if (node is not YamlMap)
        {
            _values.Refuse(Key, node, $"{DatasetReference.FashionMnist}, or a map of name, classes, train, test");
            return null;
        }

        if (_values.Map(Key, node, ["name", "classes", "train", "test", "imageSize"], "name", "classes", "train", "test") is not { } map) return null;

        string? name = map.Find("name") is { } named ? _values.Name("dataset.name", named.Value) : null;
        ImmutableArray<string> classes = map.Find("classes") is { } listed ? ReadClasses(listed.Value) : [];
        ImageFiles? train = map.Find("train") is { } training ? ReadFiles("dataset.train", training.Value) : null;
        ImageFiles? test = map.Find("test") is { } testing ? ReadFiles("dataset.test", testing.Value) : null;
        ImageSize? size = map.Find("imageSize") is { } sized ? ReadSize(sized.Value) : null;
        return name is null || train is null || test is null
            ? null
            : new DatasetReference { Name = name, Files = new DatasetFiles { Classes = classes, Train = train, Test = test, ImageSize = size } };
    }

    private ImmutableArray<string> ReadClasses(YamlNode node)
    {
        const string key = "dataset.classes";
        const string wanted = "a list of at least 2 class names, in the order of their labels";
        if (_values.List(key, node, wanted) is not { } list) return [];

        if (list.Items.Length < 2) faults.Add(list.Place, $"{key}: has a single class; wanted is {wanted}.");

        var classes = new OrderedDictionary<string, Place>(StringComparer.Ordinal);
        foreach (YamlNode item in list.Items)
        {
            if (_values.Text(key, item) is { } name && !classes.TryAdd(name, item.Place))
                faults.Add(item.Place, $"{key}: '{Shown.Of(name)}' is listed twice; every label wants a name of its own.");
        }

        return [.. classes.Keys];
    }

    private ImageFiles? ReadFiles(string key, YamlNode node)
    {
        if (_values.Map(key, node, ["images", "labels", "csv"]) is not { } map) return null;

        string? images = ReadPath(key, "images", map), labels = ReadPath(key, "labels", map), csv = ReadPath(key, "csv", map);
        bool idx = map.Find("images") is not null && map.Find("labels") is not null;
        bool any = map.Find("images") is not null || map.Find("labels") is not null;
        if (map.Find("csv") is null ? !idx : any)
            faults.Add(map.Place, $"{key}: wanted are either images and labels (IDX files), or csv alone.");
        return new ImageFiles { Images = images, Labels = labels, Csv = csv };
    }

    private string? ReadPath(string owner, string part, YamlMap map)
    {
        string key = $"{owner}.{part}";
        if (map.Find(part) is not { } entry) return null;

        if (entry.Value is not YamlScalar { IsNull: false, Text: not "" and var written } || written.Contains('\0', StringComparison.Ordinal))
        {
            _values.Refuse(key, entry.Value, "the path of a file");
            return null;
        }

        string path = Path.GetFullPath(Path.Combine(folder, written));
        if (!File.Exists(path))
            faults.Add(entry.Value.Place, $"{key}: there is no file {path}; paths are relative to the grid file's folder.");
        return path;
    }

    private ImageSize? ReadSize(YamlNode node)
    {
        string wanted = $"[height, width] in pixels, each {Pixels.Wanted}";
        if (node is not YamlList { Items: [var height, var width] })
        {
            _values.Refuse(Pixels.Key, node, wanted);
            return null;
        }

        var (high, wide) = (_values.Number(Pixels, height), _values.Number(Pixels, width));
        return high is null || wide is null ? null : new ImageSize(high.Set(0), wide.Set(0));
    }
}
