using System.Net;
using System.Net.Sockets;

namespace Experiments.Clustering;

/// <summary>The way from this machine to the cluster's database.</summary>
public static class DatabaseRoute
{
    /// <summary>
    /// The address of this machine from which the database is reached: of several networks it is on, the one that the cluster shares.
    /// Nothing is sent, so the server need not run yet.
    /// </summary>
    /// <returns>The loopback address where the database is reached by a socket of this machine's file system.</returns>
    /// <exception cref="StorageUnavailableException">The connection string cannot be used, or no way leads to its host.</exception>
    public static IPAddress LocalAddress(string connectionString)
    {
        var connection = PostgresConnection.Parse(connectionString);
        SocketException? fault = null;
        foreach (string host in connection.Host!.Split(',', StringSplitOptions.TrimEntries).Select(WithoutPort))
        {
            if (host.StartsWith('/')) return IPAddress.Loopback;

            try
            {
                foreach (var address in Dns.GetHostAddresses(host))
                {
                    if (TryFind(address, connection.Port, ref fault) is { } local) return local;
                }
            }
            catch (SocketException exception)
            {
                fault = exception;
            }
        }

        throw new StorageUnavailableException($"No way leads from this machine to the database's host '{connection.Host}' ({fault?.Message ?? "it has no address"}). Check its name and the network.", fault);
    }

    private static IPAddress? TryFind(IPAddress database, int port, ref SocketException? fault)
    {
        try
        {
            // Connecting a datagram socket asks the system for the route alone.
            using var socket = new Socket(database.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(database, port);
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
        catch (SocketException exception)
        {
            fault = exception;
            return null;
        }
    }

    /// <summary>A host among several may bring its port, as in <c>a:5432,b:5433</c>; an IPv6 address holds more than one colon.</summary>
    private static string WithoutPort(string host) => host.Split(':') is [var name, _] ? name : host;
}
