using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Processes;
using Experiments.Reports;
using Experiments.Training.Data;
using Xunit;

namespace Experiments.Training.Tests;

/// <summary>Weights are for others: PyTorch itself, by the script of our examples, predicts the same with them.</summary>
public sealed partial class PlainPyTorchTests(ITestOutputHelper log) : IDisposable
{
    private const string HasTorch = "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ASequentialWithOurWeightsPredictsTheSameOnAllTestImages()
    {
        string python = await PythonWithTorch();
        var fashionMnist = await FashionMnist.Required();
        var trained = Train(new Dataset("subset", fashionMnist.Classes, FashionMnist.First(fashionMnist.Train, 1500), fashionMnist.Test));
        await File.WriteAllBytesAsync(_folder["weights.safetensors"], trained.Final.Weights(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder["predictions.csv"], PredictionsCsv.Write(trained.Predictions), TestContext.Current.CancellationToken);

        var (exitCode, output) = await Run(python, Path.Combine(Repository.Root, "examples", "load_weights.py"), _folder.Path, Path.Combine(FashionMnist.RequiredFolder(), "t10k-images-idx3-ubyte.gz"));

        log.WriteLine(output);
        Assert.True(exitCode == 0, output);
        var figures = Figures().Match(output);
        Assert.True(figures.Success, output);
        Assert.Equal(10_000, int.Parse(figures.Groups["alike"].Value, CultureInfo.InvariantCulture) + int.Parse(figures.Groups["ties"].Value, CultureInfo.InvariantCulture));
        Assert.InRange(double.Parse(figures.Groups["apart"].Value, CultureInfo.InvariantCulture), 0, 1e-4);
        Assert.InRange(trained.Evaluation.Test.Accuracy, 0.5, 1);
    }

    private static TrainingOutcome.Completed Train(Dataset dataset)
    {
        using var progress = new Progress();
        var outcome = Trainer.Train(Some.Config(batchSize: 50), Some.TrainingSet(dataset), checkpoint: null, progress, TimeProvider.System, progress.Stop);
        return Assert.IsType<TrainingOutcome.Completed>(outcome);
    }

    /// <summary>The first on the path, or the system's: a package of the system belongs to that alone.</summary>
    private static async Task<string> PythonWithTorch()
    {
        foreach (string python in new[] { "python3", "/usr/bin/python3" })
        {
            if (ProgramPath.Find(python) is not null && (await Run(python, "-c", HasTorch)).ExitCode == 0)
                return python;
        }

        Prerequisite.Met(false, "PyTorch is not installed: apt install python3-torch.");
        return "";
    }

    private static async Task<(int ExitCode, string Output)> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }

    [GeneratedRegex(@"10000 images: (?<alike>\d+) predicted alike, (?<ties>\d+) ties, 0 others; probabilities at most (?<apart>\S+) apart")]
    private static partial Regex Figures();
}
