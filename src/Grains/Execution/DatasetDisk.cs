namespace Experiments.Grains.Execution;

/// <summary>What a silo's datasets take of its disk.</summary>
internal static class DatasetDisk
{
    /// <param name="cache">Folder of the fetched datasets, which need not be there.</param>
    /// <returns>Bytes of the files in the folder, and bytes that are free on its device.</returns>
    public static (long Cached, long Free) Measure(string cache)
    {
        try
        {
            var folder = new DirectoryInfo(cache);
            long cached = folder.Exists ? folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;
            while (!folder.Exists)
            {
                folder = folder.Parent!;
            }

            return (cached, new DriveInfo(folder.FullName).AvailableFreeSpace);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A dataset is being written, or the folder is not the silo's to look at.
            return (0, 0);
        }
    }
}
