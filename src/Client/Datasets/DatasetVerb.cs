using System.CommandLine;
using System.Text.Json;
using Experiments.Client.Results;
using Experiments.GridFiles;
using Experiments.Pictures;
using Experiments.Reports;
using Experiments.Training.Data;

namespace Experiments.Client.Datasets;

internal static class DatasetVerb
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME")
        {
            Description = "fashion-mnist, or a grid file whose dataset is meant",
            DefaultValueFactory = _ => DatasetReference.FashionMnist,
        };
        var validation = new Option<double>("--validation") { HelpName = "SHARE", Description = "Share of the training images kept for validation (default: 0.2)", DefaultValueFactory = _ => new SplitConfig().Validation };
        validation.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and < 1))
            {
                result.AddError("--validation must be above 0 and below 1.");
            }
        });
        var seed = new Option<uint>("--seed") { HelpName = "N", Description = "Seed of the split (default: 2018)", DefaultValueFactory = _ => new SplitConfig().Seed };
        var samples = new Option<string?>("--samples") { HelpName = "F.png", Description = "Draws four samples of each class, of train and of test" };
        var distribution = new Option<string?>("--distribution") { HelpName = "F.png", Description = "Draws the class distributions as bar charts" };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();

        var command = new Command("dataset", "Describes a dataset: dimensions, split and class distribution") { name, validation, seed, samples, distribution, data, json };
        command.SetAction(async (parsed, stop) =>
        {
            var output = new Output(parsed.GetValue(json));
            var loader = new DatasetLoader(new DatasetOptions { DataFolder = parsed.GetValue(data) });
            var dataset = await loader.LoadAsync(Reference(parsed.GetRequiredValue(name)), output.DatasetLines(), stop);
            var description = DatasetDescription.Of(dataset, TrainTestSplit.Create(dataset.Train.Count, parsed.GetValue(validation), parsed.GetValue(seed)));

            if (parsed.GetValue(samples) is { } samplesFile)
            {
                WholeFile.Write(samplesFile, SamplesPicture.Png(dataset.Name, Samples.Of(dataset), Samples.PerClass * Samples.ClassesPerRow));
                output.Line($"Samples are in {samplesFile}.");
            }

            if (parsed.GetValue(distribution) is { } distributionFile)
            {
                WholeFile.Write(distributionFile, DistributionPicture.Png(dataset.Name, dataset.Classes, [.. description.Parts.Select(part => (part.Title, part.PerClass))]));
                output.Line($"Distributions are in {distributionFile}.");
            }

            if (output.IsJson)
            {
                Output.Json(JsonSerializer.Serialize(description.ForJson(), ResultsJson.Options));
            }
            else
            {
                description.Show(output);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static DatasetReference Reference(string name) =>
        name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
            ? GridFile.Load(name, []).Definition.Dataset
            : new DatasetReference { Name = name };
}
