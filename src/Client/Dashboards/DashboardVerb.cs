using System.CommandLine;
using Experiments.Client.Sessions;
using Experiments.Dashboard;

namespace Experiments.Client.Dashboards;

internal static class DashboardVerb
{
    public static Command Create()
    {
        var storage = SharedOptions.Storage();
        var cluster = SharedOptions.Cluster();
        var listening = new ListeningOptions();
        var command = new Command("dashboard", "Shows what the storage or the cluster holds in the browser, until Ctrl-C") { storage, cluster };
        listening.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var output = new Output(json: false);
            var target = Target.Of(parsed.GetValue(storage), parsed.GetValue(cluster));
            var options = listening.Of(parsed);

            using var warnings = new WarningLog();
            await using var session = await Session.Open(target, "dashboard", lasts: true, stop);
            await using var dashboard = await ServedDashboard.Start(options, session.Grains, warnings, stop);
            output.Line($"The dashboard is at {dashboard.Address}. Ctrl-C ends it.");
            if (!session.Trains) output.Line("Nothing trains on the storage meanwhile: what is submitted or resumed waits for the next 'experiments run'.");
            await warnings.Show(output, stop);
            return ExitCode.Done;
        });
        return command;
    }
}
