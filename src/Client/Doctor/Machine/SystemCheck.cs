using System.Runtime.InteropServices;

namespace Experiments.Client.Doctor.Machine;

/// <summary>Whether the native libraries that come with the program can be loaded here.</summary>
internal static class SystemCheck
{
    /// <summary>The latest symbol version that libLibTorchSharp.so and libe_sqlite3.so ask for.</summary>
    private static readonly Version LeastGlibc = new(2, 34);

    private const string Remedy = "Use Debian 12, Ubuntu 22.04 or a later one, on x64.";

    public static Finding Judge(SystemReading system) => system switch
    {
        { IsLinux: false } => Finding.Note($"{system.Description}: Experiments is tested on Linux alone.", "Where something does not work, use Linux."),
        { Architecture: not Architecture.X64 } => Finding.Fault($"{system.Description} on {system.Architecture}: there is no libtorch for it among the packages.", Remedy),
        { Glibc: null } => Finding.Fault($"{system.Description} without glibc, which libtorch wants.", Remedy),
        { Glibc: var glibc } when glibc < LeastGlibc => Finding.Fault($"{system.Description} with glibc {glibc}: libtorch and SQLite want {LeastGlibc}.", Remedy),
        _ => Finding.Ok($"{system.Description}, {system.Architecture}, glibc {system.Glibc}."),
    };
}
