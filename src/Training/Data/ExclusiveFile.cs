namespace Experiments.Training.Data;

/// <summary>A file that one process at a time holds, until it lets go of it or ends in any way.</summary>
public static class ExclusiveFile
{
    /// <summary>Makes the file where there is none.</summary>
    /// <returns>Null where another process holds it.</returns>
    /// <exception cref="IOException">The file cannot be made or written: the device is full or read-only, or the like.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write it.</exception>
    public static FileStream? TryHold(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (IsHeldByAnother(fault))
        {
            return null;
        }
    }

    /// <summary>Whether a process holds the file; none holds one that is not there, or that cannot be read.</summary>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static bool IsHeld(string path)
    {
        try
        {
            using var probe = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException fault)
        {
            return IsHeldByAnother(fault);
        }
    }

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static bool IsHeldByAnother(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020);
}
