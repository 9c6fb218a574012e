using System.Net;
using System.Net.Sockets;
using Experiments.Clustering;

namespace Experiments.Silo;

/// <summary>Where the other silos and the clients are to reach this silo: an address, a name of this machine, or the one by which the database is reached.</summary>
internal static class OwnAddress
{
    /// <summary>Finds the address by itself, so that containers and replicas need none of their own.</summary>
    private const string Found = "auto";

    /// <param name="given">By the user.</param>
    /// <param name="cluster">Connection string of the database; null for a silo of no cluster.</param>
    /// <exception cref="SiloOptionException">It is no address of this machine's, or one that others cannot reach.</exception>
    /// <exception cref="StorageUnavailableException">No way leads to the database.</exception>
    public static IPAddress Of(string given, string? cluster)
    {
        if (given == Found)
        {
            return cluster is null
                ? throw new SiloOptionException("--address auto: it is the address by which the cluster's database is reached. Name the database with --cluster, or give an address.")
                : DatabaseRoute.LocalAddress(cluster);
        }

        if (!IPAddress.TryParse(given, out var address)) return Named(given);

        return address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            ? throw new SiloOptionException($"--address {given}: {Remedy}")
            : address;
    }

    private const string Remedy = "give the IP address or the name of this machine at which the other silos and the clients reach it, or 'auto' for the one by which it reaches the database.";

    private static IPAddress Named(string name)
    {
        IPAddress[] addresses;
        try
        {
            addresses = Dns.GetHostAddresses(name);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            throw new SiloOptionException($"--address {name}: the name has no address ({exception.Message}); {Remedy}");
        }

        var own = addresses.Where(IsOfThisMachine).ToList();
        // Debian gives a machine's name the address 127.0.1.1 in /etc/hosts: from there no other machine would be answered.
        return own.Find(address => !IPAddress.IsLoopback(address) || name == "localhost")
            ?? throw new SiloOptionException($"--address {name}: {(own.Count > 0 ? $"it is {own[0]}, which no other machine reaches" : "it is another machine's name")}; {Remedy}");
    }

    private static bool IsOfThisMachine(IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, port: 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
