using Experiments.Silo;

namespace Experiments.Client.Doctor.Storage;

/// <param name="IsThere">Whether the folder has been made.</param>
/// <param name="Refusal">Why it cannot be written; null where it can.</param>
/// <param name="Free">Bytes on its device; null where the system does not tell.</param>
/// <param name="IsRemote">Whether its device is another machine's.</param>
/// <param name="IsActive">Whether a process works on it.</param>
/// <param name="Active">Its word of itself; null where none is.</param>
internal sealed record FolderReading(string Folder, bool IsThere, string? Refusal, long? Free, bool IsRemote, bool IsActive, ActiveProcess? Active)
{
    public static FolderReading Take(string folder)
    {
        bool isThere = Directory.Exists(folder);
        string? refusal = AccessibleFolder.WhyNotWritable(folder) ?? (isThere ? AccessibleFolder.WhyFilesNotWritable(folder) : null);
        var (free, isRemote) = Device(AccessibleFolder.Nearest(folder));
        if (!isThere || refusal is not null) return new(folder, isThere, refusal, free, isRemote, IsActive: false, Active: null);

        // Of a folder that is there it makes nothing.
        var storage = new LocalStorage(folder);
        bool isActive = storage.IsActive();
        return new(folder, isThere, refusal, free, isRemote, isActive, isActive ? storage.Active() : null);
    }

    private static (long? Free, bool IsRemote) Device(string folder)
    {
        try
        {
            var device = new DriveInfo(folder);
            return (device.AvailableFreeSpace, device.DriveType == DriveType.Network);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, false);
        }
    }
}
