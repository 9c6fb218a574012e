using Experiments.Reports;

namespace Experiments.Client.Doctor.Ports;

/// <summary>Whether the ports that silo and dashboard take are free, or held by processes of ours.</summary>
internal static class PortsCheck
{
    /// <param name="isInCluster">Whether this machine may run a silo of a cluster; one of its own takes any free ports.</param>
    public static Check Of(bool isInCluster) =>
        Check.Of("ports", () => Judge(UsualPorts.Read(isInCluster)), Finding.Note("The ports in use were not found out in time.", "See how busy this machine is, and try again."));

    public static Finding Judge(IReadOnlyCollection<UsualPort> ports)
    {
        var foreign = ports.Where(port => port.Holder is { IsOurs: false }).ToList();
        return foreign.FirstOrDefault(port => port.Variable is not null) is { } chosen
            ? Finding.Fault($"{chosen.Variable}={chosen.Port}: {chosen.Holder!.Name} has this port.", "Choose another, or end that process.")
            : foreign.Count > 0
                ? Finding.Note(
                    $"{Figures.Names([.. foreign.Select(port => $"{port.Holder!.Name} has port {port.Port} ({port.Use})")])}.",
                    "Nothing, where a silo or a run may take the next free port; else choose with --silo-port, --gateway-port or --urls.")
                : Finding.Ok($"{Figures.Names([.. ports.Select(port => $"{port.Port} ({port.Use}) is {(port.Holder is { } ours ? $"held by {ours.Name}" : "free")}")])}.");
    }
}
