using System.Collections.Immutable;
using Experiments.Dashboard.Operation;
using Experiments.Dashboard.Security;

namespace Experiments.Dashboard;

/// <param name="Urls">Where to listen.</param>
/// <param name="AllowedHosts">Names that requests may be for, beside the loopback ones.</param>
internal sealed record DashboardOptions(ImmutableArray<Uri> Urls, ImmutableArray<AllowedHost> AllowedHosts, Access Access)
{
    /// <summary>Where an experiment's trace is shown; null where nowhere.</summary>
    public TraceAddress? Traces { get; init; }

    /// <summary>Where the dashboard listens unless the user says otherwise.</summary>
    public const string UsualUrl = "http://127.0.0.1:5080";

    /// <exception cref="DashboardOptionException">One cannot be used, or others than this machine could reach the dashboard unknown.</exception>
    public static DashboardOptions Create(string urls, string allowedHosts, Access access)
    {
        var listening = ListenUrl.ParseAll(urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        if (access.IsOpen && listening.FirstOrDefault(url => !url.IsLoopback) is { } open)
        {
            throw new DashboardOptionException(
                $"--urls {ListenUrl.Text(open)} can be reached from other machines, so requests must bring a key: set {DashboardCommand.KeyVariable}, such as to what 'openssl rand -hex 32' prints, or name an issuer with --oidc-issuer, or listen on {UsualUrl}.");
        }

        return new DashboardOptions(listening, [.. listening.Select(url => new AllowedHost(url.Host, IsSecure: false)), .. AllowedHost.ParseAll(allowedHosts)], access);
    }
}

/// <summary>An option of the dashboard's cannot be used; the message names it and the remedy.</summary>
internal sealed class DashboardOptionException(string message) : Exception(message);
