using Xunit;

namespace Experiments.GridFiles.Tests;

/// <summary>Data of the user's own.</summary>
public sealed class DatasetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("experiments-").FullName;

    public DatasetTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "kmnist"));
        foreach (string name in new[] { "images.gz", "labels.gz", "test.csv" }) File.WriteAllText(Path.Combine(_folder, "kmnist", name), "");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ADescriptionIsReadWithPathsRelativeToTheGridFile()
    {
        string file = Path.Combine(_folder, "grid.yaml");
        File.WriteAllText(file, Grid(imageSize: "[18, 32]"));
        DatasetReference dataset = GridFile.Load(file, []).Definition.Dataset;

        Assert.Equal(("kuzushiji", ""), (dataset.Name, dataset.Sha256));
        Assert.Equal(["o", "ki"], dataset.Files!.Classes);
        Assert.Equal(new ImageFiles { Images = Path.Combine(_folder, "kmnist/images.gz"), Labels = Path.Combine(_folder, "kmnist/labels.gz") }, dataset.Files.Train);
        Assert.Equal(new ImageFiles { Csv = Path.Combine(_folder, "kmnist/test.csv") }, dataset.Files.Test);
        Assert.Equal(new ImageSize(18, 32), dataset.Files.ImageSize);
    }

    [Fact]
    public void WithoutAnImageSizeTheDataSayIt() => Assert.Null(Read(Grid()).Definition.Dataset.Files!.ImageSize);

    [Fact]
    public void AnAbsolutePathStaysAsItIs()
    {
        string csv = Path.Combine(_folder, "kmnist", "test.csv");
        Assert.Equal(csv, Read(Grid(test: $"{{ csv: {csv} }}")).Definition.Dataset.Files!.Test.Csv);
    }

    [Fact]
    public void AFileThatDoesNotExistIsNamedWithItsPlace() =>
        Assert.Equal(
            [
                $"grid.yaml:5:20: dataset.train.images: there is no file {_folder}/a.gz; paths are relative to the grid file's folder.",
                $"grid.yaml:5:34: dataset.train.labels: there is no file {_folder}/kmnist; paths are relative to the grid file's folder.",
            ],
            Faults(Grid(train: "{ images: a.gz, labels: kmnist }")));

    [Theory]
    [InlineData("{ images: kmnist/images.gz }")]
    [InlineData("{ labels: kmnist/labels.gz }")]
    [InlineData("{}")]
    [InlineData("{ images: kmnist/images.gz, labels: kmnist/labels.gz, csv: kmnist/test.csv }")]
    [InlineData("{ labels: kmnist/labels.gz, csv: kmnist/test.csv }")]
    public void AnythingButIdxOrCsvIsAFault(string train) =>
        Assert.Equal("grid.yaml:5:10: dataset.train: wanted are either images and labels (IDX files), or csv alone.", Fault(Grid(train: train)));

    [Theory]
    [InlineData("[18]", "5: dataset.imageSize: is a list; wanted is [height, width] in pixels, each a whole number from 1 to 10,000.")]
    [InlineData("28", "5: dataset.imageSize: is 28; wanted is [height, width] in pixels, each a whole number from 1 to 10,000.")]
    [InlineData("[0, 28]", "6: dataset.imageSize: is 0; wanted is a whole number from 1 to 10,000.")]
    [InlineData("[28, 0]", "10: dataset.imageSize: is 0; wanted is a whole number from 1 to 10,000.")]
    [InlineData("[28, big]", "10: dataset.imageSize: is big; wanted is a whole number from 1 to 10,000.")]
    public void AnImageSizeIsTwoNumbersThatTheModelCanTake(string size, string fault)
    {
        int column = int.Parse(fault.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture) + 9;
        Assert.Equal($"grid.yaml:7:{column}{fault[fault.IndexOf(':', StringComparison.Ordinal)..]}", Fault(Grid(imageSize: size)));
    }

    [Theory]
    [InlineData("[]", "4:12: dataset.classes: is an empty list; wanted is a list of at least 2 class names, in the order of their labels.")]
    [InlineData("[a]", "4:12: dataset.classes: has a single class; wanted is a list of at least 2 class names, in the order of their labels.")]
    [InlineData("a, b", "4:12: dataset.classes: is a, b; wanted is a list of at least 2 class names, in the order of their labels.")]
    [InlineData("[a, b, a]", "4:19: dataset.classes: 'a' is listed twice; every label wants a name of its own.")]
    [InlineData("[a, ~]", "4:16: dataset.classes: has no value; wanted is text of 1 to 100 characters.")]
    [InlineData("[a, ' ']", "4:16: dataset.classes: is the text ' '; wanted is text of 1 to 100 characters.")]
    [InlineData("[a, [b]]", "4:16: dataset.classes: is a list; wanted is text of 1 to 100 characters.")]
    [InlineData("[a, \"b\\0\"]", "4:16: dataset.classes: 'b\\u0000' holds a control character or half of a character; only text is allowed.")]
    [InlineData("[a, \"b\\u2028\"]", "4:16: dataset.classes: 'b\\u2028' holds a control character or half of a character; only text is allowed.")]
    public void ClassesAreTwoOrMoreNames(string classes, string fault) => Assert.Equal("grid.yaml:" + fault, Fault(Grid(classes: classes)));

    [Fact]
    public void AClassNameHasAtMostAHundredCharacters()
    {
        string longest = new('x', 100);
        Assert.Equal(["a", longest], Read(Grid(classes: $"[a, {longest}]")).Definition.Dataset.Files!.Classes);
        Assert.Equal("grid.yaml:4:16: dataset.classes: has 101 characters; at most 100 are allowed.", Fault(Grid(classes: $"[a, {longest}x]")));
    }

    [Fact]
    public void ClassNamesAreTextWhateverTheyHold() =>
        Assert.Equal(
            ["0", "true", "no", "<script>alert(1)</script>", "../x", "お", "\U0001F600"],
            Read(Grid(classes: "[0, true, no, <script>alert(1)</script>, ../x, お, \U0001F600]")).Definition.Dataset.Files!.Classes);

    [Theory]
    [InlineData("mnist", "is mnist")]
    [InlineData("[mnist]", "is a list")]
    [InlineData("~", "has no value")]
    public void AnUnknownDatasetIsToldWhatIsKnown(string dataset, string found) =>
        Assert.Equal(
            $"grid.yaml:2:10: dataset: {found}; wanted is fashion-mnist, or a map of name, classes, train, test.",
            Fault($"name: g\ndataset: {dataset}\nexperiments: [{{ name: a }}]"));

    [Fact]
    public void WhatADescriptionLacksIsNamed() =>
        Assert.Equal(
            [
                "grid.yaml:2:12: dataset.clases: unknown key; did you mean 'classes'? Allowed: name, classes, train, test, imageSize, sha256.",
                .. new[] { "name", "classes", "train", "test" }.Select(key => $"grid.yaml:2:10: dataset.{key}: is missing; it is required."),
            ],
            Faults("name: g\ndataset: { clases: [a, b] }\nexperiments: [{ name: a }]").OrderByDescending(fault => fault.Contains("unknown", StringComparison.Ordinal)));

    [Fact]
    public void APathIsText()
    {
        Assert.Contains("dataset.test.csv: is a list; wanted is the path of a file.", Faults(Grid(test: "{ csv: [a] }"))[0], StringComparison.Ordinal);
        Assert.Contains("dataset.test.csv: has no value; wanted is the path of a file.", Faults(Grid(test: "{ csv: }"))[0], StringComparison.Ordinal);
        Assert.Contains("dataset.test.csv: is the text 'a\\u0000'; wanted is the path of a file.", Faults(Grid(test: "{ csv: \"a\\0\" }"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void OnAnotherMachineDataAreNamedByTheirContentAndNoFileIsLookedFor()
    {
        string[] faults = Some.Faults(() => GridFile.Parse(Grid(), "grid.yaml", folder: null, []));

        Assert.Equal(["grid.yaml:5:3: dataset.train: data", "grid.yaml:6:3: dataset.test: data"], faults.Select(fault => fault[..fault.IndexOf(" of", StringComparison.Ordinal)]));
        Assert.All(faults, fault => Assert.Contains("submit it there with 'experiments submit'", fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ name: mine, classes: [a, b] }", "dataset.sha256: is missing; data of your own are read on the machine")]
    [InlineData("{ name: mine, classes: [a, b], sha256: abc }", "dataset.sha256: is abc; wanted is 64 hexadecimal digits")]
    [InlineData("{ name: mine, sha256: 0f343b0931126a20f133d67c2b018a3b2d1e5f5f0b2a5d3c6f4e1a9b8c7d6e5f }", "dataset.classes: is missing; it is required.")]
    public void WhatStoredDataLackIsNamed(string dataset, string fault) => Assert.Contains(
        fault,
        Assert.Single(Some.Faults(() => GridFile.Parse($"name: g\ndataset: {dataset}\nexperiments: [{{ name: a }}]", "grid.yaml", folder: null, []))),
        StringComparison.Ordinal);

    [Fact]
    public void OnlyADashboardTakesDataByTheirContent() => Assert.Contains(
        Faults(Grid(imageSize: "[18, 18]\n  sha256: 00")), fault => fault.StartsWith("grid.yaml:8:3: dataset.sha256: stands for data that a cluster has stored", StringComparison.Ordinal));

    private static string Grid(
        string classes = "[o, ki]",
        string train = "{ images: kmnist/images.gz, labels: kmnist/labels.gz }",
        string test = "{ csv: kmnist/test.csv }",
        string? imageSize = null) => $"""
        name: g
        dataset:
          name: kuzushiji
          classes: {classes}
          train: {train}
          test: {test}
          {(imageSize is null ? "" : $"imageSize: {imageSize}")}
        experiments:
          - name: a
        """;

    private GridFile Read(string yaml) => GridFile.Parse(yaml, "grid.yaml", _folder, []);

    private string[] Faults(string yaml) => Some.Faults(() => Read(yaml));

    private string Fault(string yaml) => Assert.Single(Faults(yaml));
}
