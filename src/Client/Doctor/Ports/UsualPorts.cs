using System.Globalization;
using System.Net.NetworkInformation;
using Experiments.Dashboard;
using Experiments.Silo;

namespace Experiments.Client.Doctor.Ports;

/// <summary>The ports that silo and dashboard take unless told otherwise, or by a silo's variables.</summary>
internal static class UsualPorts
{
    public static UsualPort[] Read(bool isInCluster)
    {
        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(endpoint => endpoint.Port).ToHashSet();
        var ports = new List<UsualPort> { Of("dashboard", variable: null, new Uri(DashboardOptions.UsualUrl).Port) };
        if (isInCluster)
        {
            ports.Add(Of("silo", "EXPERIMENTS_SILO_PORT", SiloPorts.FirstSilo));
            ports.Add(Of("gateway", "EXPERIMENTS_GATEWAY_PORT", SiloPorts.FirstGateway));
            if (Chosen("EXPERIMENTS_HTTP_PORT") is { } probed) ports.Add(Of("health", "EXPERIMENTS_HTTP_PORT", probed));
        }

        return [.. ports];

        UsualPort Of(string use, string? variable, int usual)
        {
            int? chosen = variable is null ? null : Chosen(variable);
            int port = chosen ?? usual;
            return new(use, chosen is null ? null : variable, port, listening.Contains(port) ? PortHolder.Find(port) : null);
        }
    }

    private static int? Chosen(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int port) ? port : null;
}

/// <param name="Use">What takes the port.</param>
/// <param name="Variable">By which the user has chosen it; null where nobody has.</param>
/// <param name="Holder">Who has it; null where it is free.</param>
internal sealed record UsualPort(string Use, string? Variable, int Port, PortHolder? Holder);
