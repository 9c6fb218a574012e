using System.Collections.Immutable;
using System.Globalization;
using Experiments.Processes;
using Xunit;

namespace Experiments.Cluster.Tests.Machines;

/// <summary>
/// A network of several machines inside this one: a switch and, each on a cable to it, machines with an address of their own. All are network
/// namespaces without a name, held by processes that end with this one: whatever becomes of the test, the kernel takes them apart, and no other
/// network ever sees them. Who is not root is given them in a user namespace, where the kernel allows that.
/// </summary>
internal sealed class PrivateNetwork : IAsyncDisposable
{
    private const string SwitchAddress = "10.0.0.254";

    private const string Build =
        $"""
        ip link set lo up
        ip link add switch type bridge
        ip addr add {SwitchAddress}/24 dev switch
        ip link set switch up
        for number in 1 2 3; do
            unshare --net tail --pid=$$ -f /dev/null > /dev/null 2>&1 &
            until [ "$(readlink /proc/$!/ns/net)" != "$(readlink /proc/$$/ns/net)" ]; do kill -0 $!; sleep 0.01; done
            there="nsenter --net=/proc/$!/ns/net"
            ip link add port$number type veth peer name eth0 netns $!
            ip link set port$number master switch up
            $there ip link set lo up
            $there ip addr add 10.0.0.$number/24 dev eth0
            $there ip link set eth0 up
            echo $!
        done
        """;

    private readonly NamespaceShell _shell;

    private PrivateNetwork(NamespaceShell shell, ImmutableArray<int> holders)
    {
        _shell = shell;
        Switch = new Machine(SwitchAddress, shell.Enter(shell.Id));
        Machines = [.. holders.Select((holder, index) => new Machine(string.Create(CultureInfo.InvariantCulture, $"10.0.0.{index + 1}"), shell.Enter(holder)))];
    }

    /// <summary>Where the switch is: reaches all machines, and is on none of the cables.</summary>
    public Machine Switch { get; }

    /// <summary>Three.</summary>
    public ImmutableArray<Machine> Machines { get; }

    /// <summary>Builds the network. Where namespaces are not permitted a test is skipped, and fails in CI.</summary>
    public static async Task<PrivateNetwork> Create()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Network namespaces are Linux's.");
        var shell = new NamespaceShell();
        try
        {
            return new PrivateNetwork(shell, [.. (await shell.Run(Build)).Select(line => int.Parse(line, CultureInfo.InvariantCulture))]);
        }
        catch (InvalidOperationException exception)
        {
            await shell.DisposeAsync();
            Prerequisite.Met(false, $"No network of namespaces can be made here: it wants iproute2 (apt install iproute2), and root or a kernel that gives users namespaces. {exception.Message}");
            throw;
        }
    }

    /// <summary>Takes the cable of a machine out of the switch: nothing passes in either direction, and nobody at its ends is told.</summary>
    /// <param name="number">From 1.</param>
    public Task Cut(int number) => _shell.Run(string.Create(CultureInfo.InvariantCulture, $"ip link set port{number} down"));

    public Task Heal(int number) => _shell.Run(string.Create(CultureInfo.InvariantCulture, $"ip link set port{number} up"));

    public ValueTask DisposeAsync() => _shell.DisposeAsync();
}
