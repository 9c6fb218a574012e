using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Experiments.Processes;

/// <summary>
/// Ports of the loopback address, each given once. They lie below those that the system gives to outgoing connections, one of which would
/// else take a port between its choice and its use, and between the ports that silos take by themselves.
/// </summary>
internal static class FreePort
{
    private const int First = 12_000, End = 30_000;

    private static readonly ConcurrentDictionary<int, bool> Given = [];

    public static int Next()
    {
        while (true)
        {
            int port = Random.Shared.Next(First, End);
            if (Given.TryAdd(port, true) && IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
