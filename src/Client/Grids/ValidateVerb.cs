using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Experiments.GridFiles;
using Experiments.Reports;
using Experiments.Training.Data;

namespace Experiments.Client.Grids;

internal static class ValidateVerb
{
    private const int Shown = 20;

    public static Command Create()
    {
        var file = SharedOptions.GridFile();
        var set = SharedOptions.Set();
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("validate", "Checks a grid file and its data, and lists the experiments it comes to") { file, set, data, json };
        command.SetAction(async (parsed, stop) =>
        {
            var output = new Output(parsed.GetValue(json));
            var gridFile = GridFile.Load(parsed.GetRequiredValue(file), parsed.GetRequiredValue(set));
            var definition = GridSubmission.Resolve(gridFile, await GridSubmission.Load(gridFile, parsed.GetValue(data), output, stop));
            if (output.IsJson)
            {
                Output.Json(JsonSerializer.Serialize(definition, ResultsJson.Options));
            }
            else
            {
                Show(gridFile.Path, definition, output);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(string path, GridDefinition definition, Output output)
    {
        var experiments = definition.Experiments;
        output.Line(string.Create(CultureInfo.InvariantCulture, $"{path}: grid {definition.Name}, {experiments.Length:N0} {(experiments.Length == 1 ? "experiment" : "experiments")} on {definition.Dataset.Name}"));
        var configs = experiments.Select(experiment => experiment.Config).ToList();
        var varied = ConfigKey.Varied(configs);
        output.Line($"  every experiment: {Text(Common(configs), configs[0])}");
        foreach (var experiment in experiments.Take(Shown))
        {
            output.Line($"  {experiment.Name}: {Text(varied, experiment.Config)}");
        }

        if (experiments.Length > Shown)
        {
            output.Line(string.Create(CultureInfo.InvariantCulture, $"  and {experiments.Length - Shown:N0} more"));
        }
    }

    /// <summary>What all have; of layers nothing where the models are of other layers, of which the same name says little.</summary>
    private static IEnumerable<ConfigKey> Common(List<ExperimentConfig> configs)
    {
        var common = ConfigKey.Shown(configs).Where(key => configs.TrueForAll(config => key.Text(config) == key.Text(configs[0])));
        return configs.DistinctBy(ConfigKey.Find("model")!.Text).Skip(1).Any() ? common.Where(key => !key.IsOfLayers) : common;
    }

    private static string Text(IEnumerable<ConfigKey> keys, ExperimentConfig config) =>
        string.Join(", ", keys.Where(key => key.Text(config) is not null).Select(key => $"{key.Name} {key.Text(config)}"));
}
