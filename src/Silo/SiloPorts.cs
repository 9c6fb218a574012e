using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Experiments.Silo;

/// <summary>
/// Where a silo of a cluster listens, held against other silos of this machine until the process ends. Without a choice of the user's
/// it is 11111 and 30000, or both ports as much further on as are free: a silo that starts again is where its predecessor was, which
/// the cluster then knows to be dead.
/// </summary>
internal sealed class SiloPorts : IDisposable
{
    public const int FirstSilo = 11111, FirstGateway = 30000;

    /// <summary>More silos than one machine has cores.</summary>
    private const int Most = 1000;

    private readonly FileStream? _held;

    private SiloPorts(int silo, int gateway, FileStream? held) => (Silo, Gateway, _held) = (silo, gateway, held);

    public int Silo { get; }

    public int Gateway { get; }

    /// <param name="silo">The user's choice; null for none.</param>
    /// <param name="gateway">The user's choice; null for none.</param>
    /// <param name="http">The user's choice; null for none, which needs no port.</param>
    /// <exception cref="SiloOptionException">A port that was chosen is in use, or the address is not this machine's.</exception>
    public static SiloPorts Take(IPAddress address, int? silo, int? gateway, int? http = null)
    {
        if (silo is { } chosen) Check(address, chosen, "--silo-port");
        if (gateway is { } port) Check(address, port, "--gateway-port");
        if (http is { } probed) Check(address, probed, "--http-port");
        if (silo is { } a && gateway is { } b) return new SiloPorts(a, b, held: null);

        Check(address, port: 0, "--address");
        for (int further = 0; further < Most; further++)
        {
            var (s, g) = (silo ?? FirstSilo + further, gateway ?? FirstGateway + further);
            if (Hold(further) is { } held)
            {
                if (Fault(address, s) is null && Fault(address, g) is null) return new SiloPorts(s, g, held);
                held.Dispose();
            }
        }

        throw new SiloOptionException($"No port is free from {FirstSilo} and {FirstGateway}, or '{Path.GetTempPath()}' cannot be written: choose with --silo-port and --gateway-port.");
    }

    public void Dispose() => _held?.Dispose();

    private static void Check(IPAddress address, int port, string option)
    {
        if (Fault(address, port) is { } fault)
        {
            throw new SiloOptionException(string.Create(CultureInfo.InvariantCulture, $"{option}: the silo cannot listen on {new IPEndPoint(address, port)} ({fault}). Choose another."));
        }
    }

    private static string? Fault(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return null;
        }
        catch (SocketException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>A port is free until its silo listens, which takes a second: a file tells silos that start meanwhile.</summary>
    private static FileStream? Hold(int further)
    {
        try
        {
            string path = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"experiments-{Environment.UserName}-silo-{FirstSilo + further}.lock"));
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
