using System.Globalization;
using System.Text.Json.Nodes;
using Experiments.Grains.Tests;
using Experiments.Processes;
using Experiments.TensorBoard.Tests.Reading;

namespace Experiments.Client.Tests;

/// <summary>What <c>export --tensorboard</c> writes of grids that were trained, read without the program that wrote it.</summary>
public sealed class TensorBoardTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task AGridIsExportedAsItsResultsAreReported()
    {
        string file = _workplace.Grid("grid", "  - name: calm\n  - name: dropout\n    dropout: 0.2\n  - name: wild\n    training: { learningRate: 1e30 }");
        var results = JsonNode.Parse((await ClientProcess.Run(_workplace.Folder, "run", file, "--json")).Output)!;

        string output = (await Succeeds("export", "grid", "--tensorboard", "runs")).Output;

        Assert.StartsWith("runs: 3 runs for TensorBoard, ", output, StringComparison.Ordinal);
        Assert.Equal(["calm", "dropout", "wild"], Directory.GetDirectories(_workplace.PathOf("runs")).Select(Path.GetFileName).Order());
        foreach (var experiment in results["experiments"]!.AsArray().Take(2))
        {
            string name = (string)experiment!["name"]!;
            AssertIsRun(experiment, Run(name), results["grid"]!);
            Assert.Equal(File.ReadAllBytes(_workplace.PathOf("results", "grid", name, "confusion.png")), Run(name).Picture("test/confusion_matrix").Png);
        }

        Assert.Equal(2, Run("wild").HParams("session_end_info").Message(4).Number(1));
        Assert.DoesNotContain("loss/train", Run("wild").AllTags);
        Assert.Equal(
            ["training.learningRate", "dropout.conv1", "dropout.conv2", "dropout.conv3", "dropout.dense"],
            new ReadRun(_workplace.PathOf("runs")).HParams("experiment").Message(2).Messages(4).Select(column => column.Text(1)));
    }

    [Fact]
    public async Task AnExportOfAnUnfinishedExperimentIsReplacedByThatOfTheFinished()
    {
        const int Epochs = 60;
        string file = _workplace.Grid("going", "  - name: on", Epochs);
        await using (var run = ClientProcess.Start(_workplace.Folder, "run", file))
        {
            await run.Line(line => line.Contains($"epoch 2/{Epochs}", StringComparison.Ordinal));

            // While it trains, the silo of the run is asked.
            await Succeeds("export", "going/on", "--tensorboard", "runs", "--history", "on.csv");
            run.Interrupt();
            await run.Finish();
        }

        int epochs = Run("on").Scalars("loss/train").Count;
        Assert.InRange(epochs, 2, Epochs - 1);
        Assert.DoesNotContain("loss/test", Run("on").AllTags);
        Assert.True(File.Exists(_workplace.PathOf("on.csv")));

        await Succeeds("run", file);
        await Succeeds("export", "going", "--tensorboard", "runs");

        Assert.Equal(Enumerable.Range(1, Epochs), Run("on").Scalars("loss/train").Select(point => point.Step));
        Assert.Equal(1, Run("on").HParams("session_end_info").Message(4).Number(1));
    }

    [Fact]
    public async Task WhatCannotBeExportedIsSaidAndNothingIsWritten()
    {
        await ClientProcess.Run(_workplace.Folder, "run", _workplace.Grid("diverging", "  - name: wild\n    training: { learningRate: 1e30 }"));
        await Refuses(["'diverging' has no completed epoch yet"], "export", "diverging", "--tensorboard", "runs");
        await Refuses(["'diverging/wild' has no completed epoch yet"], "export", "diverging/wild", "--tensorboard", "runs");
        await Refuses(["no experiment 'nothing'"], "export", "nothing", "--tensorboard", "runs");
        await Refuses(["no experiment 'diverging/tame'"], "export", "diverging/tame", "--tensorboard", "runs");
        await Refuses(["no experiment 'diverging'"], "export", "diverging", "--tensorboard", "runs", "--history", "h.csv");
        Assert.False(Directory.Exists(_workplace.PathOf("runs")));
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenIsNamedAndLeftAsItWas()
    {
        string file = _workplace.Grid("grid", "  - name: a\n  - name: b", epochs: 1);
        await Succeeds("run", file);
        await Refuses([file, "cannot be written", "--tensorboard DIR"], "export", "grid", "--tensorboard", Path.Combine(file, "runs"));

        Directory.CreateDirectory(_workplace.PathOf("runs"));
        File.WriteAllText(_workplace.PathOf("runs", "b"), "a file where the second run is to be");
        await Refuses([_workplace.PathOf("runs"), "cannot be written"], "export", "grid", "--tensorboard", "runs");
        Assert.Equal(["b"], Directory.GetFileSystemEntries(_workplace.PathOf("runs")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task AFullDiskIsSaidAndLeftAsItWas()
    {
        using var disk = new SmallDevice(megabytes: 1);
        await Succeeds("run", _workplace.Grid("grid", "  - name: a\n  - name: b", epochs: 1));
        string folder = Path.Combine(disk.Path, "runs"), foreign = Path.Combine(disk.Path, "foreign");
        File.WriteAllBytes(foreign, new byte[(1 << 20) - (16 << 10)]);

        await Refuses(["No space left", "--tensorboard DIR"], "export", "grid", "--tensorboard", folder);
        Assert.Equal([foreign], Directory.GetFileSystemEntries(disk.Path));

        File.Delete(foreign);
        await Succeeds("export", "grid", "--tensorboard", folder);
        Assert.Equal([1], new ReadRun(Path.Combine(folder, "b")).Scalars("loss/train").Select(point => point.Step));
    }

    private static void AssertIsRun(JsonNode experiment, ReadRun run, JsonNode grid)
    {
        var history = experiment["history"]!.AsArray();
        foreach (var (tag, key) in ((string, string)[])[
            ("loss/train", "trainLoss"), ("loss/validation", "validationLoss"), ("accuracy/train", "trainAccuracy"), ("accuracy/validation", "validationAccuracy"),
            ("speed/epoch_seconds", "seconds")])
        {
            Assert.Equal(history.Select(epoch => ((int)epoch!["epoch"]!, (float)(double)epoch[key]!)), run.Scalars(tag).Select(point => (point.Step, point.Value)));
        }

        Assert.Equal(history.Select(epoch => (float)(Workplace.TrainImages * 0.8 / (double)epoch!["seconds"]!)), run.Scalars("speed/images_per_second").Select(point => point.Value));
        DateTimeOffset[] times = [Time(grid["submittedAt"]), run.Start, .. run.Scalars("loss/train").Select(point => point.Time), run.Scalars("loss/test")[0].Time, Time(grid["completedAt"])];
        Assert.Equal(times.Order(), times);
        Assert.Equal((2, (float)(double)experiment["test"]!["accuracy"]!), run.Scalars("accuracy/test").Select(point => (point.Step, point.Value)).Single());
        Assert.Equal(1, run.HParams("session_end_info").Message(4).Number(1));
        Assert.Equal(
            (double)experiment["config"]!["dropout"]!["dense"]!,
            run.HParams("session_start_info").Message(3).Messages(1).Single(pair => pair.Text(1) == "dropout.dense").Message(2).Double(2));
    }

    private static DateTimeOffset Time(JsonNode? time) => DateTimeOffset.Parse((string)time!, CultureInfo.InvariantCulture);

    private ReadRun Run(string name) => new(_workplace.PathOf("runs", name));

    private async Task Refuses(string[] expected, params string[] arguments)
    {
        var result = await ClientProcess.Run(_workplace.Folder, arguments);
        Assert.True(result.ExitCode == 2, $"exit code {result.ExitCode}\n{result.Output}{result.Errors}");
        Assert.All(expected, text => Assert.Contains(text, result.Errors, StringComparison.Ordinal));
    }

    private async Task<ClientResult> Succeeds(params string[] arguments)
    {
        var result = await ClientProcess.Run(_workplace.Folder, arguments);
        Assert.True(result.ExitCode == 0, $"exit code {result.ExitCode}\n{result.Output}{result.Errors}");
        return result;
    }
}
