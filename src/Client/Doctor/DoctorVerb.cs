using System.CommandLine;
using System.Text.Json;
using Experiments.Client.Doctor.Cluster;
using Experiments.Client.Doctor.Machine;
using Experiments.Client.Doctor.Ports;
using Experiments.Client.Doctor.Storage;
using Experiments.Client.Sessions;
using Experiments.Reports;
using Experiments.Silo;
using Experiments.Training.Data;

namespace Experiments.Client.Doctor;

internal static class DoctorVerb
{
    /// <summary>More than there are checks: each may keep a thread, and beyond its least number the pool adds one in half a second.</summary>
    private const int Threads = 32;

    private const int LeastPatience = 1, MostPatience = 600;

    public static Command Create()
    {
        var storage = SharedOptions.Storage();
        var cluster = SharedOptions.Cluster();
        var data = SharedOptions.Data();
        var patience = new Option<double>("--patience")
        {
            HelpName = "SECONDS",
            Description = "How long each check may take; more where this machine or the network is busy",
            DefaultValueFactory = _ => Check.UsualPatience.TotalSeconds,
        };
        patience.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= LeastPatience and <= MostPatience))
            {
                result.AddError($"--patience must be from {LeastPatience} to {MostPatience} seconds.");
            }
        });
        var json = SharedOptions.Json();
        var command = new Command("doctor", "Checks this machine, its storage or its cluster, and says what to do about each fault; changes nothing") { storage, cluster, data, patience, json };
        command.SetAction(async (parsed, stop) =>
        {
            var output = new Output(parsed.GetValue(json));
            ThreadPool.SetMinThreads(Threads, Threads);
            var time = TimeSpan.FromSeconds(parsed.GetValue(patience));
            string? database = Target.Choose(parsed.GetValue(storage), parsed.GetValue(cluster));
            Check[] checks =
            [
                .. MachineChecks.All(),
                DatasetCheck.Of(new DatasetOptions { DataFolder = parsed.GetValue(data) }),
                .. database is null ? StorageChecks.All(LocalStorage.FolderOf(parsed.GetValue(storage))) : ClusterChecks.All(database, time),
                PortsCheck.Of(isInCluster: database is not null),
                TelemetryCheck.Of(),
            ];

            CheckedFinding[] found = await Task.WhenAll(checks.Select(check => check.Run(time, stop)));
            if (output.IsJson)
            {
                Output.Json(JsonSerializer.Serialize(
                    new { checks = found.Select(check => new { check.Name, check.Finding.Status, check.Finding.Seen, check.Finding.Remedy }) }, ResultsJson.Options));
            }
            else
            {
                DoctorView.Show(found, output);
            }

            return found.Any(check => check.Finding.Status == FindingStatus.Fault) ? ExitCode.FaultFound : ExitCode.Done;
        });
        return command;
    }
}
