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
        var id = new Argument<string>("ID") { Description = "An experiment (its id, or GRID/NAME); for --tensorboard also a grid (its name or id)" };
        var weights = File("--weights", "F.safetensors", "The weights of the last epoch, or of the best where they are restored, in the layout of a plain PyTorch model");
        var best = File("--best", "F.safetensors", "The weights of the best epoch: that of the lowest validation loss, unless the experiment monitors the accuracy");
        var history = File("--history", "F.csv", "Losses, accuracies and seconds of each epoch");
        var predictions = File("--predictions", "F.csv", "True and predicted class of each test image, and the probability");
        var tensorBoard = File("--tensorboard", "DIR", "A run for TensorBoard of the experiment, or of each of the grid, in place of what was exported there before");
        Option<string?>[] files = [weights, best, history, predictions];
        var storage = SharedOptions.Storage();
        var cluster = SharedOptions.Cluster();
        var command = new Command("export", "Writes what an experiment has learned to files")
        {
            id, weights, best, history, predictions, tensorBoard, storage, cluster,
        };
        command.Validators.Add(result =>
        {
            if (files.Append(tensorBoard).All(option => result.GetValue(option) is null))
            {
                result.AddError("Nothing to export: give --weights, --best, --history, --predictions or --tensorboard.");
            }
        });
        command.SetAction(async (parsed, stop) =>
        {
            var output = new Output(json: false);
            await using var session = await Session.Open(Target.Of(parsed.GetValue(storage), parsed.GetValue(cluster)), "export", stop);
            var lookup = new GridLookup(session.Grains);
            string wanted = parsed.GetRequiredValue(id);
            if (files.Any(option => parsed.GetValue(option) is not null))
            {
                await Export(await lookup.Experiment(wanted, stop));
            }

            if (parsed.GetValue(tensorBoard) is { } folder)
            {
                await TensorBoardRuns.Export(folder, lookup, wanted, output, stop);
            }

            return ExitCode.Done;

            async Task Export(ExperimentSnapshot experiment)
            {
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
            }
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
