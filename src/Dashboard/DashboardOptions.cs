using System.Collections.Immutable;
using Experiments.Dashboard.Security;

namespace Experiments.Dashboard;

/// <param name="Cluster">Connection string of its database.</param>
/// <param name="Urls">Where to listen.</param>
/// <param name="AllowedHosts">Host names that requests may be for, beside the loopback ones.</param>
/// <param name="Key">What every request must bring; null where none is asked for, which only loopback addresses allow.</param>
internal sealed record DashboardOptions(string Cluster, ImmutableArray<Uri> Urls, ImmutableArray<string> AllowedHosts, ApiKey? Key)
{
    private const StringSplitOptions Neatly = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    /// <exception cref="DashboardOptionException">One cannot be used, or others than this machine could reach the dashboard without a key.</exception>
    public static DashboardOptions Create(string? cluster, string urls, string allowedHosts, string? key)
    {
        if (string.IsNullOrEmpty(cluster))
        {
            throw new DashboardOptionException("The dashboard shows a cluster: name its database with --cluster \"Host=…;Database=…\", or in EXPERIMENTS_CLUSTER.");
        }

        var listening = ListenUrl.ParseAll(urls.Split(';', Neatly));
        var apiKey = string.IsNullOrEmpty(key) ? null : new ApiKey(key);
        if (apiKey is null && listening.FirstOrDefault(url => !url.IsLoopback) is { } open)
        {
            throw new DashboardOptionException(
                $"--urls {ListenUrl.Text(open)} can be reached from other machines, so requests must bring a key: set {DashboardCommand.KeyVariable}, such as to what 'openssl rand -hex 32' prints, or listen on http://127.0.0.1:5080.");
        }

        return new DashboardOptions(cluster, listening, [.. listening.Select(url => url.Host), .. allowedHosts.Split(',', Neatly)], apiKey);
    }
}

/// <summary>An option of the dashboard's cannot be used; the message names it and the remedy.</summary>
internal sealed class DashboardOptionException(string message) : Exception(message);
