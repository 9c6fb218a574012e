using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Experiments.Client.Sessions;
using Experiments.Clustering;
using Experiments.Reports;
using Spectre.Console;

namespace Experiments.Client.Silos;

internal static class SilosVerb
{
    public static Command Create()
    {
        var storage = SharedOptions.Storage();
        var cluster = SharedOptions.Cluster();
        var json = SharedOptions.Json();
        var command = new Command("silos", "Lists the silos of the cluster, or that of the active run, with their slots and work") { storage, cluster, json };
        command.SetAction(async (parsed, stop) =>
        {
            var output = new Output(parsed.GetValue(json));
            await using var session = await Session.Open(Target.Of(parsed.GetValue(storage), parsed.GetValue(cluster)), "silos", stop);
            SiloOverview[] silos = session.Trains ? await SiloOverviews.Collect(session.Grains, stop) : [];
            long storageBytes = await session.Grains.GetGrain<IStorageGrain>(0).Measure(stop);
            if (output.IsJson)
            {
                Output.Json(JsonSerializer.Serialize(new { silos, storageBytes }, ResultsJson.Options));
            }
            else
            {
                Show(silos, output);
                output.Line($"Storage: {Figures.Bytes(storageBytes)}. Datasets kept by silos: {Figures.Bytes(silos.Sum(silo => silo.CachedBytes ?? 0))}.");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(SiloOverview[] silos, Output output)
    {
        if (silos.Length == 0)
        {
            output.Line("Nothing trains on the storage now.");
            return;
        }

        var table = OutputTable.Of(texts: 2, "Silo", "Status", "Busy", "Age", "Disk free", "Trains");
        table.Columns[^1].LeftAligned().NoWrap = false;
        foreach (var silo in silos)
        {
            table.AddRow(
                silo.Address.Split('@')[0],
                silo.HeardSecondsAgo is > SiloOverviews.SilentSeconds and var silent ? string.Create(CultureInfo.InvariantCulture, $"silent for {silent:F0} s") : silo.Status,
                silo.Slots is { } slots ? string.Create(CultureInfo.InvariantCulture, $"{silo.Busy} of {slots}") : Figures.None,
                Figures.Duration(TimeProvider.System.GetUtcNow() - silo.StartedAt),
                silo.FreeBytes is { } free ? string.Create(CultureInfo.InvariantCulture, $"{free / 1e9:N1} GB") : Figures.None,
                Markup.Escape(string.Join(", ", silo.Experiments)));
        }

        output.People.Write(table);
    }
}
