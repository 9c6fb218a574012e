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
        var common = ConfigValues.Of(experiments[0].Config).Where(value => experiments.All(experiment => ConfigValues.Of(experiment.Config).Contains(value))).ToHashSet();
        output.Line($"  every experiment: {Text(common)}");
        foreach (var experiment in experiments.Take(Shown))
        {
            output.Line($"  {experiment.Name}: {Text(ConfigValues.Of(experiment.Config).Where(value => !common.Contains(value)))}");
        }

        if (experiments.Length > Shown)
        {
            output.Line(string.Create(CultureInfo.InvariantCulture, $"  and {experiments.Length - Shown:N0} more"));
        }
    }

    private static string Text(IEnumerable<ConfigValue> values) => string.Join(", ", values.Select(value => $"{value.Key} {value.Value}"));
}
