using System.CommandLine;
using Experiments;
using Experiments.Dashboard;
using Experiments.Dashboard.Connection;
using Experiments.ServiceDefaults.Telemetry;

const int BadInput = 2;

var command = new DashboardCommand();
command.SetAction(Serve);
var parsed = command.Parse(args);
return parsed.Errors is [var error, ..]
    ? Refuse($"{error.Message} See --help.")
    : await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });

async Task<int> Serve(ParseResult parsed, CancellationToken stop)
{
    try
    {
        string cluster = command.ClusterOf(parsed);
        await using var dashboard = DashboardHost.Build(command.OptionsOf(parsed), builder =>
        {
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
            builder.Services.AddClusterConnection(cluster, traces: builder.AddTelemetry("experiments-dashboard", isScraped: true));
        });
        await dashboard.RunAsync();
        return 0;
    }
    catch (Exception exception) when (exception is DashboardOptionException or StorageUnavailableException or TelemetryOptionException)
    {
        return Refuse(exception.Message);
    }
    catch (IOException exception)
    {
        // The server's own message names the address.
        return Refuse($"{exception.Message} Choose another with --urls.");
    }
}

static int Refuse(string message)
{
    Console.Error.WriteLine(message);
    return BadInput;
}
