using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Experiments.Client.Sessions;
using Experiments.Reports;
using Orleans.Runtime;
using Spectre.Console;
using Shown = Experiments.Client.Watching.Text;

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
            SiloLine[] silos = session.IsJoined ? await Collect(session.Grains, stop) : [];
            if (output.IsJson)
            {
                Output.Json(JsonSerializer.Serialize(new { silos }, ResultsJson.Options));
            }
            else if (silos.Length == 0)
            {
                output.Line("Nothing trains on the storage now.");
            }
            else
            {
                Show(silos, output);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<SiloLine[]> Collect(IGrainFactory grains, CancellationToken stop)
    {
        var hosts = await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: false, stop);
        return await Task.WhenAll(hosts
            .Where(host => host.Status != SiloStatus.Dead)
            .OrderBy(host => host.StartTime)
            .Select(async host =>
            {
                var heard = await grains.GetGrain<ISiloGrain>(GrainKeys.Silo(host.SiloAddress)).GetLast(stop);
                return new SiloLine(
                    host.SiloAddress.ToParsableString(),
                    host.Status.ToString(),
                    heard?.Announcement.Slots,
                    heard?.Announcement.Experiments.Length,
                    heard?.Announcement.StartedAt,
                    heard?.Age.TotalSeconds,
                    heard?.Announcement.Experiments ?? []);
            }));
    }

    private static void Show(SiloLine[] silos, Output output)
    {
        var table = OutputTable.Of(texts: 2, "Silo", "Status", "Slots", "Busy", "Started", "Heard", "Trains");
        foreach (var silo in silos)
        {
            table.AddRow(
                silo.Address, silo.Status,
                silo.Slots?.ToString(CultureInfo.InvariantCulture) ?? Shown.None,
                silo.Busy?.ToString(CultureInfo.InvariantCulture) ?? Shown.None,
                Shown.Time(silo.StartedAt),
                silo.HeardSecondsAgo is { } age ? string.Create(CultureInfo.InvariantCulture, $"{age:F0} s ago") : Shown.None,
                Markup.Escape(string.Join(", ", silo.Experiments)));
        }

        output.People.Write(table);
    }

    /// <param name="Busy">Slots that train.</param>
    /// <param name="HeardSecondsAgo">Since it last told what it trains; null where it has not yet.</param>
    /// <param name="Experiments">Ids of those that it trains.</param>
    private sealed record SiloLine(
        string Address, string Status, int? Slots, int? Busy, DateTimeOffset? StartedAt, double? HeardSecondsAgo, IReadOnlyList<string> Experiments);
}
