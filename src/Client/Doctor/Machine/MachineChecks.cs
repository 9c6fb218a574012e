namespace Experiments.Client.Doctor.Machine;

/// <summary>What a machine must have, whatever it works on.</summary>
internal static class MachineChecks
{
    private static readonly Finding Late = Finding.Note("There was no answer in time.", "See how busy this machine is, and try again.");

    public static Check[] All() =>
    [
        Check.Of("system", () => SystemCheck.Judge(SystemReading.Take()), Late),
        Check.Of("dotnet", () => DotnetCheck.Judge(DotnetReading.Take()), Late),
        Check.Of("versions", () => VersionsCheck.Judge(VersionsCheck.Used(), VersionsCheck.Ours(AppContext.BaseDirectory)), Late),
        Check.Of("libtorch", LibTorchCheck.Look, LibTorchCheck.Late),
        Check.Of("processor", () => ProcessorCheck.Judge(ProcessorReading.Take()), Late),
        Check.Of("memory", () => MemoryCheck.Judge(MemoryReading.Take()), Late),
    ];
}
