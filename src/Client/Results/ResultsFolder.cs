using System.Collections.Immutable;
using System.Text;
using Experiments.Pictures;
using Experiments.Reports;
using Experiments.Training.Data;
using Experiments.Training.Models;

namespace Experiments.Client.Results;

/// <summary>The output folder: results.json, report.md and curves.png, and a folder for each experiment.</summary>
internal sealed class ResultsFolder
{
    private const int ImagesInAPicture = 16;

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private ResultsFolder(string folder) => Folder = folder;

    public string Folder { get; }

    /// <exception cref="UsageException">It cannot be made or written: found out before anything is trained.</exception>
    public static ResultsFolder Create(string folder)
    {
        string full = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(full);
            string probe = Path.Combine(full, $".{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new ResultsFolder(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The output folder '{full}' cannot be written: {exception.Message.TrimEnd('.')}. Mend its permissions, or give another with --output DIR.");
        }
    }

    /// <param name="dataset">What the grid trains on; null where it is not at hand: then the pictures of test images are left out.</param>
    public async Task Write(CollectedGrid grid, IGrainFactory grains, Dataset? dataset, CancellationToken stop)
    {
        var experiments = grid.Results.Experiments;
        Write("results.json", ResultsJson.Write(grid.Results));
        Write("report.md", MarkdownReport.Write(grid.Results, grid.Comparison));
        if (experiments.Any(experiment => !experiment.History.IsEmpty))
        {
            Write("curves.png", CurvesPicture.Png(grid.Results.Grid.Name, experiments));
        }

        foreach (var experiment in experiments.Where(experiment => !experiment.History.IsEmpty))
        {
            Write(Of(experiment, "history.csv"), HistoryCsv.Write(experiment.History));
            var grain = grains.GetGrain<IExperimentGrain>(GrainKeys.Experiment(experiment.Id));
            Write(Of(experiment, "weights.safetensors"), await grain.GetWeights(best: false, stop));
            Write(Of(experiment, "best.safetensors"), await grain.GetWeights(best: true, stop));
            if (experiment.Status == ExperimentStatus.Completed && await grain.GetPredictions(stop) is { } predictions)
            {
                WriteEvaluation(experiment, predictions, dataset);
            }
        }
    }

    private void WriteEvaluation(ExperimentSnapshot experiment, Predictions predictions, Dataset? dataset)
    {
        ImmutableArray<string> classes = [.. experiment.ClassificationReport!.Classes.Select(c => c.Name)];
        Write(Of(experiment, "predictions.csv"), PredictionsCsv.Write(predictions));
        Write(Of(experiment, "confusion.png"), ConfusionPicture.Png(experiment.Name, experiment.ConfusionMatrix!.Value, classes));
        if (dataset is null)
        {
            return;
        }

        var layers = ModelSummary.Of(ModelConfig.LayersOf(experiment.Config), dataset.ImageSize, classes.Length);
        Write(Of(experiment, "model.png"), ModelPicture.Png(experiment.Name, dataset.ImageSize, layers));
        foreach (bool correct in (bool[])[true, false])
        {
            string name = correct ? "correct" : "incorrect";
            Write(Of(experiment, $"{name}.png"), ClassifiedPicture.Png($"{experiment.Name}: classified {name}ly", Classified(predictions, dataset, correct), correct));
        }
    }

    /// <summary>The first test images of which the prediction is right, or wrong, as the notebook shows them.</summary>
    private static ImmutableArray<ClassifiedImage> Classified(Predictions predictions, Dataset dataset, bool correct) =>
    [
        .. Enumerable.Range(0, predictions.Labels.Length)
            .Where(image => predictions.Labels[image] == predictions.Predicted[image] == correct)
            .Take(ImagesInAPicture)
            .Select(image => new ClassifiedImage(
                new GreyImage(dataset.Test.Height, dataset.Test.Width, dataset.Test.Image(image).ToArray()),
                dataset.Classes[predictions.Labels[image]],
                dataset.Classes[predictions.Predicted[image]],
                predictions.Probabilities[image])),
    ];

    private static string Of(ExperimentSnapshot experiment, string file) => Path.Combine(experiment.Name, file);

    private void Write(string name, string text) => Write(name, Utf8.GetBytes(text));

    private void Write(string name, byte[]? content)
    {
        if (content is not null)
        {
            WholeFile.Write(Path.Combine(Folder, name), content);
        }
    }
}
