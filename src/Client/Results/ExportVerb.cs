using System.CommandLine;
using System.Text;
using Experiments.Client.Grids;
using Experiments.Client.Sessions;
using Experiments.Reports;

namespace Experiments.Client.Results;

internal static class ExportVerb
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "An experiment's id, or GRID/NAME" };
        var weights = File("--weights", "F.safetensors", "The weights of the last epoch, in the layout of a plain PyTorch model");
        var best = File("--best", "F.safetensors", "The weights of the epoch with the lowest validation loss");
        var history = File("--history", "F.csv", "Losses, accuracies and seconds of each epoch");
        var predictions = File("--predictions", "F.csv", "True and predicted class of each test image, and the probability");
        var storage = SharedOptions.Storage();
        var cluster = SharedOptions.Cluster();
        var command = new Command("export", "Writes what an experiment has learned to files") { id, weights, best, history, predictions, storage, cluster };
        command.Validators.Add(result =>
        {
            if (new[] { weights, best, history, predictions }.All(option => result.GetValue(option) is null))
            {
                result.AddError("Nothing to export: give --weights, --best, --history or --predictions.");
            }
        });
        command.SetAction(async (parsed, stop) =>
        {
            var output = new Output(json: false);
            await using var session = await Session.Open(Target.Of(parsed.GetValue(storage), parsed.GetValue(cluster)), "export", stop);
            var experiment = await new GridLookup(session.Grains).Experiment(parsed.GetRequiredValue(id), stop);
            var grain = session.Grains.GetGrain<IExperimentGrain>(GrainKeys.Experiment(experiment.Id));

            if (parsed.GetValue(weights) is { } weightsFile)
            {
                Write(weightsFile, await grain.GetWeights(best: false, stop) ?? throw Lacks(experiment, "a completed epoch"), output);
            }

            if (parsed.GetValue(best) is { } bestFile)
            {
                Write(bestFile, await grain.GetWeights(best: true, stop) ?? throw Lacks(experiment, "a completed epoch"), output);
            }

            if (parsed.GetValue(history) is { } historyFile)
            {
                Write(historyFile, Encoding.UTF8.GetBytes(HistoryCsv.Write(experiment.History)), output);
            }

            if (parsed.GetValue(predictions) is { } predictionsFile)
            {
                var predicted = await grain.GetPredictions(stop) ?? throw Lacks(experiment, "an evaluation, which comes at its end");
                Write(predictionsFile, Encoding.UTF8.GetBytes(PredictionsCsv.Write(predicted)), output);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Option<string?> File(string name, string file, string description) => new(name) { HelpName = file, Description = description };

    private static UsageException Lacks(ExperimentSnapshot experiment, string what) =>
        new($"Experiment {experiment.Name} is {experiment.Status.ToString().ToLowerInvariant()} after epoch {experiment.History.Length}, and lacks {what}.");

    private static void Write(string path, byte[] content, Output output)
    {
        WholeFile.Write(path, content);
        output.Line($"{path}: {content.Length:N0} bytes");
    }
}
