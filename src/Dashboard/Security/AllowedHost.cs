using System.Collections.Immutable;

namespace Experiments.Dashboard.Security;

/// <summary>A name by which requests may reach the dashboard, beside the loopback ones.</summary>
/// <param name="IsSecure">Whether a proxy in front of it speaks https for this name, so that its addresses and cookies are of https.</param>
internal sealed record AllowedHost(string Name, bool IsSecure)
{
    private const string Secure = "https://";
    private const StringSplitOptions Neatly = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    /// <exception cref="DashboardOptionException">One is no name.</exception>
    public static ImmutableArray<AllowedHost> ParseAll(string text) => [.. text.Split(',', Neatly).Select(Parse)];

    private static AllowedHost Parse(string text)
    {
        bool isSecure = text.StartsWith(Secure, StringComparison.OrdinalIgnoreCase);
        string name = isSecure ? text[Secure.Length..].TrimEnd('/') : text;
        return Uri.CheckHostName(name) != UriHostNameType.Unknown
            ? new AllowedHost(name, isSecure)
            : throw new DashboardOptionException($"--allowed-hosts {text}: give the host's name alone, such as lab.example, or https://lab.example where a proxy in front speaks https.");
    }
}
