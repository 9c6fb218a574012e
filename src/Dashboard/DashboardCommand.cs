using System.CommandLine;
using Experiments.Dashboard.Security;

namespace Experiments.Dashboard;

/// <summary>What the user asks of the dashboard on the command line and in the environment.</summary>
internal sealed class DashboardCommand : RootCommand
{
    public const string KeyVariable = "EXPERIMENTS_API_KEY", ReadKeyVariable = "EXPERIMENTS_READ_KEY", TracesVariable = "EXPERIMENTS_TRACES";

    private readonly Option<string?> _cluster = new("--cluster")
    {
        HelpName = "\"Host=…;Database=…\"",
        Description = "PostgreSQL database of the cluster (default: EXPERIMENTS_CLUSTER, where a password belongs)",
    };

    private readonly ListeningOptions _listening = new();

    public DashboardCommand()
        : base("Shows a cluster's grids, experiments and silos in the browser, and as JSON over HTTP.")
    {
        Options.Add(_cluster);
        _listening.AddTo(this);
    }

    /// <summary>Connection string of the cluster's database.</summary>
    /// <exception cref="DashboardOptionException">There is none.</exception>
    public string ClusterOf(ParseResult parsed) =>
        (parsed.GetValue(_cluster) ?? Environment.GetEnvironmentVariable("EXPERIMENTS_CLUSTER")) is { Length: > 0 } cluster
            ? cluster
            : throw new DashboardOptionException("The dashboard shows a cluster: name its database with --cluster \"Host=…;Database=…\", or in EXPERIMENTS_CLUSTER.");

    /// <exception cref="DashboardOptionException">An option cannot be used.</exception>
    public DashboardOptions OptionsOf(ParseResult parsed) => _listening.Of(parsed);
}
