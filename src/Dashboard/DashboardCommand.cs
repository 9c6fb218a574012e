using System.CommandLine;

namespace Experiments.Dashboard;

/// <summary>What the user asks of the dashboard on the command line and in the environment.</summary>
internal sealed class DashboardCommand : RootCommand
{
    public const string KeyVariable = "EXPERIMENTS_API_KEY";

    private readonly Option<string?> _cluster = new("--cluster")
    {
        HelpName = "\"Host=…;Database=…\"",
        Description = "PostgreSQL database of the cluster (default: EXPERIMENTS_CLUSTER, where a password belongs)",
    };

    private readonly Option<string> _urls = new("--urls")
    {
        HelpName = "URL[;URL…]",
        Description = $"Where to listen; other addresses than the loopback ones want {KeyVariable}",
        DefaultValueFactory = _ => "http://127.0.0.1:5080",
    };

    private readonly Option<string> _allowedHosts = new("--allowed-hosts")
    {
        HelpName = "NAME[,NAME…]",
        Description = "Names, beside those of --urls and the loopback ones, by which browsers and clients may reach it",
        DefaultValueFactory = _ => "",
    };

    public DashboardCommand()
        : base("Serves what a cluster knows of its grids, experiments and silos, as JSON over HTTP.")
    {
        Options.Add(_cluster);
        Options.Add(_urls);
        Options.Add(_allowedHosts);
    }

    /// <exception cref="DashboardOptionException">An option cannot be used.</exception>
    public DashboardOptions OptionsOf(ParseResult parsed) => DashboardOptions.Create(
        parsed.GetValue(_cluster) ?? Environment.GetEnvironmentVariable("EXPERIMENTS_CLUSTER"),
        parsed.GetRequiredValue(_urls),
        parsed.GetRequiredValue(_allowedHosts),
        Environment.GetEnvironmentVariable(KeyVariable));
}
