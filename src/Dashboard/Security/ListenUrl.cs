using System.Collections.Immutable;
using System.Net;

namespace Experiments.Dashboard.Security;

/// <summary>Where the dashboard listens: an address of this machine, so that nothing is open wider than it reads.</summary>
internal static class ListenUrl
{
    /// <exception cref="DashboardOptionException">One is no such address, or there is none.</exception>
    public static ImmutableArray<Uri> ParseAll(string[] urls) => urls.Length == 0 ? throw Unusable("") : [.. urls.Select(Parse)];

    public static string Text(Uri url) => url.GetLeftPart(UriPartial.Authority);

    // The server takes every name but localhost for all addresses.
    private static Uri Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp && url.PathAndQuery == "/" && url.UserInfo == ""
            && (url.Host == "localhost" || IPAddress.TryParse(url.Host, out _))
            ? url
            : throw Unusable(text);

    private static DashboardOptionException Unusable(string text) =>
        new($"--urls {text}: give http://, an IP address of this machine or localhost, and a port, such as http://127.0.0.1:5080. For https, put a proxy in front and name its host in --allowed-hosts.");
}
