using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>Reads <c>dataset</c>: the built-in one by name, or a description of the user's own.</summary>
/// <param name="folder">What relative paths are relative to; null where the reader has not the user's files, and data are named by their SHA-256.</param>
/// <param name="faults">Where faults go.</param>
internal sealed class DatasetReader(string? folder, FaultList faults)
{
    private const string Key = "dataset", OfContent = "sha256";

    private static readonly Setting<int> Pixels =
        Setting.Whole<int>("dataset.imageSize", 1, 10_000, (_, value) => (int)value);

    private readonly ValueReader _values = new(faults);

    public DatasetReference? Read(YamlNode node)
    {
        if (node is YamlScalar { Text: DatasetReference.FashionMnist }) return new DatasetReference { Name = DatasetReference.FashionMnist };

        if (node is not YamlMap)
        {
            _values.Refuse(Key, node, $"{DatasetReference.FashionMnist}, or a map of name, classes, train, test");
            return null;
        }

        if (folder is null) return ReadStored(node);

        if (_values.Map(Key, node, ["name", "classes", "train", "test", "imageSize", OfContent], "name", "classes", "train", "test") is not { } map) return null;

        if (map.Find(OfContent) is { } content)
            faults.Add(content.Place, $"{Key}.{OfContent}: stands for data that a cluster has stored, which its dashboard alone submits; leave it out, and give train and test.");

        string? name = map.Find("name") is { } named ? _values.Name("dataset.name", named.Value) : null;
        ImmutableArray<string> classes = map.Find("classes") is { } listed ? ReadClasses(listed.Value) : [];
        ImageFiles? train = map.Find("train") is { } training ? ReadFiles("dataset.train", training.Value) : null;
        ImageFiles? test = map.Find("test") is { } testing ? ReadFiles("dataset.test", testing.Value) : null;
        ImageSize? size = map.Find("imageSize") is { } sized ? ReadSize(sized.Value) : null;
        return name is null || train is null || test is null
            ? null
            : new DatasetReference { Name = name, Files = new DatasetFiles { Classes = classes, Train = train, Test = test, ImageSize = size } };
    }

    /// <summary>Data that a storage holds. Paths would be of another machine, and what is there is nobody's to ask about.</summary>
    private DatasetReference? ReadStored(YamlNode node)
    {
        if (_values.Map(Key, node, ["name", "classes", "train", "test", "imageSize", OfContent], "name") is not { } map) return null;

        foreach (var entry in map.Entries.Where(entry => entry.Key is "train" or "test"))
            faults.Add(entry.Place, $"{Key}.{entry.Key}: {FilesElsewhere}");

        string? name = map.Find("name") is { } named ? _values.Name("dataset.name", named.Value) : null;
        ImmutableArray<string> classes = map.Find("classes") is { } listed ? ReadClasses(listed.Value) : [];
        ImageSize? size = map.Find("imageSize") is { } sized ? ReadSize(sized.Value) : null;
        string? sha256 = map.Find(OfContent) is { } content ? _values.Sha256($"{Key}.{OfContent}", content.Value) : null;
        if (map.Find(OfContent) is null && map.Find("train") is null && map.Find("test") is null)
            faults.Add(map.Place, $"{Key}.{OfContent}: is missing; {FilesElsewhere}");
        else if (map.Find("classes") is null && (name is not (null or DatasetReference.FashionMnist) || size is not null))
            faults.Add(map.Place, "dataset.classes: is missing; it is required.");

        return name is null || sha256 is null
            ? null
            : new DatasetReference
            {
                Name = name,
                Sha256 = sha256,
                IsStored = true,
                Files = classes.IsEmpty ? null : new DatasetFiles { Classes = classes, Train = new ImageFiles(), Test = new ImageFiles(), ImageSize = size },
            };
    }

    private const string FilesElsewhere =
        "data of your own are read on the machine that has their files: submit it there with 'experiments submit'. Data that the cluster has stored already are named by their sha256, as in the clone of a grid on them.";

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

        string path = Path.GetFullPath(Path.Combine(folder!, written));
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

        var (high, wide) = (_values.Value(Pixels, height), _values.Value(Pixels, width));
        return high is null || wide is null ? null : new ImageSize(high.Set(0), wide.Set(0));
    }
}
