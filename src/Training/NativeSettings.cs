using System.Runtime.InteropServices;

namespace Experiments.Training;

/// <summary>What native libraries are told before they are loaded.</summary>
internal static partial class NativeSettings
{
    /// <summary>Sets a variable of the process, where native libraries look: on Unix, Environment.SetEnvironmentVariable changes the runtime's copy alone.</summary>
    /// <param name="overwrite">Also where the user has set it.</param>
    public static void SetVariable(string name, string value, bool overwrite = true)
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable(name, overwrite ? value : Environment.GetEnvironmentVariable(name) ?? value);
        }
        else if (SetEnvironmentVariable(name, value, overwrite ? 1 : 0) != 0)
        {
            throw new InvalidOperationException($"Cannot set {name} for libtorch.");
        }
    }

    /// <summary>
    /// Has glibc keep the memory of a batch for the next one. By default it may, as the heap happens to lie, give tens of megabytes back after
    /// each batch and take them again page by page, which costs up to a third of the images a second.
    /// </summary>
    public static void KeepFreedMemory()
    {
        const int TrimThreshold = -1, TopPad = -2, MmapThreshold = -3;
        const int LargestMmapThreshold = 32 << 20, SizeOfHeap = 64 << 20;
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out nint libc) && NativeLibrary.TryGetExport(libc, "mallopt", out _))
        {
            _ = SetMallocOption(MmapThreshold, LargestMmapThreshold);
            _ = SetMallocOption(TrimThreshold, int.MaxValue);
            _ = SetMallocOption(TopPad, SizeOfHeap);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetMallocOption(int option, int value);
}
