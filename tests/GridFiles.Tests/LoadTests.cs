using System.Text;
using Xunit;

namespace Experiments.GridFiles.Tests;

/// <summary>Grid files on disk.</summary>
public sealed class LoadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("experiments-").FullName;

    private string File => Path.Combine(_folder, "grid.yaml");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("quickstart", "baseline,dropout", 3)]
    [InlineData("fashion-mnist-dropout", "baseline,dropout", 50)]
    [InlineData("dropout-sweep", "baseline,even-dropout=0.1,even-dropout=0.3,even-dropout=0.5,notebook-dense=0.1,notebook-dense=0.3,notebook-dense=0.5", 20)]
    [InlineData("optimizers", "adam-schedule=constant,adam-schedule=cosine,adamw-schedule=constant,adamw-schedule=cosine,sgd-schedule=constant,sgd-schedule=cosine", 5)]
    [InlineData("batch-normalization", "normalized-filters=32,normalized-filters=64,gelu,built-in", 4)]
    public void TheExamplesAreGrids(string name, string variants, int epochs)
    {
        GridDefinition grid = GridFile.Load(Path.Combine(Repository.Root, "examples", name + ".yaml"), []).Definition;

        Assert.Equal(name, grid.Name);
        Assert.Equal(variants.Split(','), grid.Experiments.Select(experiment => experiment.Variant).Distinct());
        Assert.All(grid.Experiments, experiment => Assert.Equal(epochs, experiment.Config.Training.Epochs));
    }

    [Fact]
    public void TheNotebooksExampleIsTheNotebook()
    {
        GridDefinition grid = GridFile.Load(Path.Combine(Repository.Root, "examples", "fashion-mnist-dropout.yaml"), []).Definition;
        var baseline = new ExperimentConfig
        {
            Split = new SplitConfig { Validation = 0.2, Seed = 2018 },
            Training = new TrainingConfig { Epochs = 50, BatchSize = 128, LearningRate = 0.001, Seed = 1 },
        };

        Assert.Equal(
            [baseline, baseline with { Dropout = new DropoutRates { Conv1 = 0.25, Conv2 = 0.25, Conv3 = 0.4, Dense = 0.3 } }],
            grid.Experiments.Select(experiment => experiment.Config));
    }

    [Fact]
    public void EveryExampleComesOutTheSameAsItIsWrittenAgain() =>
        Assert.All(Directory.GetFiles(Path.Combine(Repository.Root, "examples"), "*.yaml"), file =>
        {
            GridDefinition grid = GridFile.Load(file, []).Definition;
            Assert.Equal(Some.Json(grid), Some.Json(Some.Definition(GridYaml.Of(grid))));
        });

    [Fact]
    public void TheSweepIsTwentyOneExperiments() =>
        Assert.Equal(21, GridFile.Load(Path.Combine(Repository.Root, "examples", "dropout-sweep.yaml"), []).Definition.Experiments.Length);

    [Fact]
    public void AFileIsShownAsItWasNamed()
    {
        Write(Some.Grid("priority: x"));
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, File);
        Assert.StartsWith(relative + ":5:11: priority: ", Fault(relative), StringComparison.Ordinal);
    }

    [Fact]
    public void AByteOrderMarkIsNoFault()
    {
        System.IO.File.WriteAllText(File, Some.Grid(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal("g", GridFile.Load(File, []).Definition.Name);
    }

    [Fact]
    public void AMissingFileIsAFault()
    {
        Assert.Equal($"{File}: there is no such file; check the path.", Fault(File));
        Assert.Equal($"{_folder}/no/grid.yaml: there is no such file; check the path.", Fault(_folder + "/no/grid.yaml"));
    }

    [Fact]
    public void AFolderIsNoGridFile() => Assert.Equal($"{_folder}: is a folder; name the grid file in it.", Fault(_folder));

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void APathThatIsNoneIsAFault(string path) => Assert.StartsWith($"{path}: cannot be read: ", Fault(path), StringComparison.Ordinal);

    [Fact]
    public void BytesThatAreNoUtf8AreNamedWithTheirPlace()
    {
        System.IO.File.WriteAllBytes(File, [.. "name: g\n# caf"u8, 0xE9, .. "\n"u8]);
        Assert.Equal($"{File}:2:6: is not UTF-8 from here on; save the file as UTF-8.", Fault(File));

        System.IO.File.WriteAllText(File, Some.Grid(), Encoding.Unicode);
        Assert.Equal($"{File}:1:1: is not UTF-8 from here on; save the file as UTF-8.", Fault(File));
    }

    [Fact]
    public void AFileOf31MegabytesIsRefusedBySize()
    {
        using (FileStream file = System.IO.File.Create(File)) file.SetLength(31_000_000);
        Assert.StartsWith($"{File}: is larger than 1 MB", Fault(File), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileWithoutEndIsRefusedBySize()
    {
        Assert.SkipUnless(System.IO.File.Exists("/dev/zero"), "This system has no /dev/zero.");
        Assert.StartsWith("/dev/zero: is larger than 1 MB", Fault("/dev/zero"), StringComparison.Ordinal);
    }

    [Fact]
    public void TheMessageIsEveryFaultOnALineOfItsOwn()
    {
        Write(Some.Grid("priority: x\nmaxAttempts: y"));
        var exception = Assert.Throws<GridFileException>(() => GridFile.Load(File, []));
        Assert.Equal(exception.Faults.Select(fault => fault.ToString()), exception.Message.Split(Environment.NewLine));
        Assert.Equal(2, exception.Faults.Length);
    }

    private static string Fault(string path) => Assert.Single(Some.Faults(() => GridFile.Load(path, [])));

    private void Write(string yaml) => System.IO.File.WriteAllText(File, yaml);
}
