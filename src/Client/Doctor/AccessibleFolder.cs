using System.Runtime.InteropServices;

namespace Experiments.Client.Doctor;

/// <summary>Whether a folder can be written, found out without writing.</summary>
internal static partial class AccessibleFolder
{
    private const int Read = 4, Write = 2, Search = 1;

    /// <param name="folder">One that is not there yet is to be made.</param>
    /// <returns>Null where it can be written.</returns>
    public static string? WhyNotWritable(string folder)
    {
        string there = Nearest(folder);
        return File.Exists(there) ? $"'{there}' is a file" : Why(there, Read | Write | Search);
    }

    /// <returns>What stands in the way of the first of the folder's files that cannot be written, as another user's may not be; null where all can.</returns>
    public static string? WhyFilesNotWritable(string folder) => Directory.GetFiles(folder).Select(file => Why(file, Read | Write)).FirstOrDefault(why => why is not null);

    /// <summary>The folder, or the nearest around it that is there.</summary>
    public static string Nearest(string folder)
    {
        string there = folder;
        while (!Path.Exists(there) && Path.GetDirectoryName(there) is { } parent)
        {
            there = parent;
        }

        return there;
    }

    /// <summary>The system is asked, which knows of read-only devices too; Windows has no such question, and there the start tells.</summary>
    private static string? Why(string path, int mode) =>
        OperatingSystem.IsWindows() || Access(path, mode) == 0 ? null : $"'{path}': {Marshal.GetLastPInvokeErrorMessage()}";

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
