using Experiments.Processes;
using Xunit;

namespace Experiments.Client.Tests;

/// <summary>Bad input of any kind: one clear message, exit code 2, no stack trace, nothing started.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string TwoExperiments =
        """
          - name: baseline
          - name: dropout
            dropout: 0.3
        """;

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("experiments: [", "bad.yaml:")]
    [InlineData("  - name: a\n    dropuot: 0.3", "bad.yaml:11:5", "dropuot", "did you mean", "dropout")]
    [InlineData("  - name: a\n    dropout: 0.1\n    dropout: 0.2", "bad.yaml:12:5", "dropout")]
    [InlineData("  - name: a\n    dropout: 1.5", "bad.yaml:11:14", "dropout", "1.5")]
    [InlineData("  - name: a\n    training: { epochs: 0 }", "bad.yaml:11:25", "epochs", "1 to 100,000")]
    [InlineData("  - name: a\n  - name: a", "bad.yaml:11:11", "'a'")]
    [InlineData("  []", "bad.yaml:", "experiments")]
    [InlineData("  - name: a\n    training: { batchSize: 100000 }", "bad.yaml:11:28", "batchSize", "100,000", "4,800")]
    [InlineData("  - name: a\n    model: { conv3: { kernel: 9 } }", "bad.yaml:11:31", "model.conv3", "does not fit", "18 × 18")]
    [InlineData("  - name: a\n    training: { augmentation: { shift: 18 } }", "bad.yaml:11:40", "training.augmentation.shift", "0 to 17")]
    public async Task AFaultOfTheGridFileIsShownWithItsPlace(string experiments, params string[] expected)
    {
        string file = _workplace.Grid("bad", experiments);
        await Refuses(expected, "run", file);
        await Refuses(expected, "validate", file);
    }

    [Fact]
    public async Task AMissingGridFileIsNamed() => await Refuses(["nowhere.yaml"], "run", "nowhere.yaml");

    [Fact]
    public async Task AWrongSetNamesTheOption() => await Refuses(["--set", "training.epoch", "epochs"], "run", _workplace.Grid("set", TwoExperiments), "--set", "training.epoch=2");

    [Fact]
    public async Task AMissingImageFileIsNamed()
    {
        string file = _workplace.Grid("missing", TwoExperiments);
        File.Delete(_workplace.PathOf("test-labels.idx"));
        await Refuses(["test-labels.idx"], "run", file);
    }

    [Fact]
    public async Task ATruncatedImageFileIsNamed()
    {
        string file = _workplace.Grid("truncated", TwoExperiments);
        Change("train-images.idx", bytes => bytes[..^100]);
        await Refuses(["train-images.idx", "header claims"], "run", file);
    }

    [Fact]
    public async Task ImagesAndLabelsOfDifferentNumbersAreCounted()
    {
        string file = _workplace.Grid("mismatched", TwoExperiments);
        File.Copy(_workplace.PathOf("test-labels.idx"), _workplace.PathOf("train-labels.idx"), overwrite: true);
        await Refuses(["train-images.idx", "6000 images", "400 labels"], "run", file);
    }

    [Fact]
    public async Task ALabelOutsideTheClassNamesIsNamedWithItsImage()
    {
        string file = _workplace.Grid("labels", TwoExperiments);
        Change("train-labels.idx", bytes => [.. bytes[..^1], 9]);
        await Refuses(["train-labels.idx", "image 5999", "label 9", "0 to 3"], "run", file);
    }

    [Theory]
    [InlineData("0,1,2,3", "line 3", "4 columns")]
    [InlineData("0,1,2,3,four", "line 3, column 5", "four")]
    [InlineData("7,1,2,3,4", "line 3, column 1", "7")]
    public async Task ABadCsvLineIsNamedWithItsColumn(string line, params string[] expected)
    {
        File.WriteAllText(_workplace.PathOf("images.csv"), $"label,a,b,c,d\n0,1,2,3,4\n{line}\n");
        File.WriteAllText(_workplace.PathOf("csv.yaml"),
            """
            name: csv
            dataset: { name: tiny, classes: [a, b], train: { csv: images.csv }, test: { csv: images.csv } }
            experiments: [{ name: a }]
            """);
        await Refuses(["images.csv", .. expected], "run", "csv.yaml");
    }

    [Fact]
    public async Task ADataFolderWithoutTheDatasetIsNamed()
    {
        File.WriteAllText(_workplace.PathOf("built-in.yaml"), "name: built-in\ndataset: fashion-mnist\nexperiments: [{ name: a }]\n");
        await Refuses([_workplace.Folder, "train-images-idx3-ubyte.gz"], "run", "built-in.yaml", "--data", _workplace.Folder);
        await Refuses(["no such folder"], "dataset", "--data", "nowhere");
    }

    [Fact]
    public async Task AnOutputFolderThatCannotBeWrittenIsFoundBeforeTraining()
    {
        string file = _workplace.Grid("output", TwoExperiments);
        await Refuses([file, "--output"], "run", file, "--output", Path.Combine(file, "results"));
    }

    [Fact]
    public async Task AStorageFolderThatCannotBeWrittenIsNamed()
    {
        string file = _workplace.Grid("storage", TwoExperiments);
        await Refuses([file, "--storage"], "run", file, "--storage", Path.Combine(file, "storage"));
    }

    [Fact]
    public async Task AStorageThatIsNoDatabaseIsNamed()
    {
        string file = _workplace.Grid("database", TwoExperiments);
        Directory.CreateDirectory(_workplace.PathOf("storage"));
        File.WriteAllText(_workplace.PathOf("storage", "experiments.db"), new string('x', 10_000));
        await Refuses(["experiments.db", "not a database"], "run", file);
    }

    [Fact]
    public async Task AnotherGridUnderTheSameNameIsRefusedAndTheFirstStays()
    {
        string file = _workplace.Grid("same", "  - name: a", epochs: 1);
        Assert.Equal(0, (await ClientProcess.Run(_workplace.Folder, "run", file)).ExitCode);
        string before = (await ClientProcess.Run(_workplace.Folder, "report", "same", "--json")).Output;

        await Refuses(["'same'", "training.batchSize: 32 → 64", "another name"], "run", file, "--set", "training.batchSize=64");
        Assert.Equal(before, (await ClientProcess.Run(_workplace.Folder, "report", "same", "--json")).Output);
    }

    [Theory]
    [InlineData("there is no verb", "rnu")]
    [InlineData("--slots", "run", "x.yaml", "--slots", "0")]
    [InlineData("--validation", "dataset", "--validation", "1")]
    [InlineData("--data-limit", "submit", "x.yaml", "--data-limit", "-1")]
    [InlineData("no grid 'nothing'", "report", "nothing")]
    [InlineData("no experiment 'a/b'", "show", "a/b")]
    [InlineData("--weights", "export", "a/b")]
    public async Task WrongUsageIsExplained(string expected, params string[] arguments) =>
        await Refuses([expected is "there is no verb" ? "rnu" : expected], arguments);

    private async Task Refuses(string[] expected, params string[] arguments)
    {
        var result = await ClientProcess.Run(_workplace.Folder, arguments);
        Assert.True(result.ExitCode == 2, $"exit code {result.ExitCode}\n{result.Output}{result.Errors}");
        Assert.All(expected, part => Assert.Contains(part, result.Errors, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("submitted", result.Output, StringComparison.Ordinal);
    }

    private void Change(string file, Func<byte[], byte[]> change) =>
        File.WriteAllBytes(_workplace.PathOf(file), change(File.ReadAllBytes(_workplace.PathOf(file))));
}
