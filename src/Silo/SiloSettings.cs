using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace Experiments.Silo;

/// <summary>What the user asked of a silo: on the command line, in variables that begin with EXPERIMENTS_, or in appsettings.json.</summary>
internal sealed class SiloSettings(IConfiguration configuration)
{
    /// <summary>The connection string of the cluster's database; null for a silo of its own.</summary>
    public string? Cluster => Text("cluster") is not { } cluster ? null
        : Storage is null ? cluster
        : throw new SiloOptionException("--cluster and --storage: a silo works on a cluster's database or on a local folder. Give one of them (EXPERIMENTS_CLUSTER counts too).");

    public string? Storage => Text("storage");

    public string? DataFolder => Text("data");

    public int Slots => Number("slots", 0, int.MaxValue, "the number of experiments to train at once, from 0") ?? Environment.ProcessorCount;

    public int? SiloPort => Number("silo-port", 1, IPEndPoint.MaxPort, "a port, from 1 to 65535");

    public int? GatewayPort => Number("gateway-port", 1, IPEndPoint.MaxPort, "a port, from 1 to 65535");

    public IPAddress Address => Text("address") switch
    {
        null => IPAddress.Loopback,
        var given when IPAddress.TryParse(given, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any) => address,
        var given => throw new SiloOptionException($"--address {given}: give the IP address of this machine at which the other silos and the clients reach it."),
    };

    private int? Number(string key, int least, int most, string what) => Text(key) switch
    {
        null => null,
        var given when int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most => number,
        var given => throw new SiloOptionException($"--{key} {given}: give {what}."),
    };

    private string? Text(string key) => configuration[key] is { Length: > 0 } text ? text : null;
}
