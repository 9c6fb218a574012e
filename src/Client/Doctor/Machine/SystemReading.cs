using System.Runtime.InteropServices;

namespace Experiments.Client.Doctor.Machine;

/// <param name="Description">Name and version of the operating system, for people.</param>
/// <param name="Glibc">Version of the GNU C library; null where there is none.</param>
internal sealed partial record SystemReading(string Description, bool IsLinux, Architecture Architecture, Version? Glibc)
{
    public static SystemReading Take() => new(RuntimeInformation.OSDescription, OperatingSystem.IsLinux(), RuntimeInformation.ProcessArchitecture, FindGlibc());

    private static Version? FindGlibc()
    {
        try
        {
            return OperatingSystem.IsLinux() ? Version.Parse(Marshal.PtrToStringUTF8(GlibcVersion())!) : null;
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library, such as musl.
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "gnu_get_libc_version")]
    private static partial nint GlibcVersion();
}
