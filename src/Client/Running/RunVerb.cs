using System.CommandLine;
using Experiments.Silo;

namespace Experiments.Client.Running;

internal static class RunVerb
{
    public static Command Create()
    {
        var file = SharedOptions.GridFile();
        var set = SharedOptions.Set();
        var data = SharedOptions.Data();
        var storage = SharedOptions.Storage();
        var json = SharedOptions.Json();
        var slots = new Option<int>("--slots")
        {
            HelpName = "N",
            Description = "Experiments trained at once, each on one core (default: number of cores)",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        slots.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostSlots)
            {
                result.AddError($"--slots must be from 1 to {MostSlots}.");
            }
        });
        var noDashboard = new Option<bool>("--no-dashboard") { Description = "Serves no dashboard meanwhile (otherwise at http://localhost:5080)" };
        var output = new Option<string?>("--output") { HelpName = "DIR", Description = "Folder for the results (default: results/GRID)" };

        var command = new Command("run", "Trains a grid on this machine and compares its experiments; the same command resumes it")
        {
            file, set, data, slots, storage, output, noDashboard, json,
        };
        command.SetAction((parsed, stop) => GridRun.Run(
            new RunOptions
            {
                File = parsed.GetRequiredValue(file),
                Overrides = parsed.GetRequiredValue(set),
                Data = parsed.GetValue(data),
                Slots = parsed.GetValue(slots),
                Storage = LocalStorage.At(parsed.GetValue(storage)),
                Output = parsed.GetValue(output),
                ServesDashboard = !parsed.GetValue(noDashboard),
            },
            new Output(parsed.GetValue(json)),
            stop));
        return command;
    }

    private const int MostSlots = 1024;
}
