namespace Experiments.TensorBoard.EventFiles;

/// <summary>
/// A folder that TensorBoard is given: a folder in it for each run, and the grid's own events at its root. What is written goes beside the
/// files of an earlier export under another name, which TensorBoard does not read, and takes their place once all is there: a failure
/// before that changes nothing. Files of others stay.
/// </summary>
internal sealed class LogDirectory : IDisposable
{
    private const string LockFile = ".experiments-export.lock", Part = ".experiments-export.part";

    private static readonly EnumerationOptions RootAndRuns = new() { RecurseSubdirectories = true, MaxRecursionDepth = 1, AttributesToSkip = FileAttributes.None };

    private readonly string _root;
    private readonly string _fileName;
    private readonly FileStream _held;
    private readonly List<string> _madeFolders = [], _parts = [];
    private readonly Lock _lists = new();
    private long _bytes;

    private LogDirectory(string root, string fileName, FileStream held) => (_root, _fileName, _held) = (root, fileName, held);

    /// <summary>Of all that was written.</summary>
    public long Bytes => _bytes;

    /// <exception cref="IOException">It cannot be made or written, or another export writes into it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static LogDirectory Open(string path, DateTimeOffset now)
    {
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        bool isNew = !Directory.Exists(root);
        Directory.CreateDirectory(root);
        var held = new FileStream(Path.Combine(root, LockFile), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        var directory = new LogDirectory(root, EventFile.Name(now), held);
        if (isNew)
        {
            directory._madeFolders.Add(root);
        }

        foreach (string left in directory.Files(Part))
        {
            directory.Remove(left);
        }

        return directory;
    }

    /// <summary>Several threads may write runs at once.</summary>
    /// <param name="run">Its folder; empty for the root.</param>
    public void Write(string run, Action<Stream> write)
    {
        string folder = Path.Combine(_root, run), part = Path.Combine(folder, Part);
        lock (_lists)
        {
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder);
                _madeFolders.Add(folder);
            }

            _parts.Add(part);
        }

        using var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None);
        write(file);
        Interlocked.Add(ref _bytes, file.Position);
    }

    /// <summary>Puts all that was written in the place of an earlier export.</summary>
    /// <returns>How many runs of an earlier export are gone, since this one has none of their names.</returns>
    public int Replace()
    {
        var earlier = Files(EventFile.NamePattern).ToHashSet();
        foreach (string part in _parts)
        {
            string file = Path.Combine(Path.GetDirectoryName(part)!, _fileName);
            File.Move(part, file, overwrite: true);
            earlier.Remove(file);
        }

        foreach (string file in earlier)
        {
            Remove(file);
        }

        var written = _parts.Select(Path.GetDirectoryName).ToHashSet();
        _parts.Clear();
        _madeFolders.Clear();
        return earlier.Count(file => !written.Contains(Path.GetDirectoryName(file)));
    }

    /// <summary>Leaves the folder as it was where nothing has been replaced.</summary>
    public void Dispose()
    {
        foreach (string part in _parts)
        {
            File.Delete(part);
        }

        _held.Dispose();
        foreach (string folder in Enumerable.Reverse(_madeFolders).Where(IsEmpty))
        {
            Directory.Delete(folder);
        }
    }

    private static bool IsEmpty(string folder) => !Directory.EnumerateFileSystemEntries(folder).Any();

    private string[] Files(string pattern) => Directory.GetFiles(_root, pattern, RootAndRuns);

    private void Remove(string file)
    {
        File.Delete(file);
        string folder = Path.GetDirectoryName(file)!;
        if (folder != _root && IsEmpty(folder))
        {
            Directory.Delete(folder);
        }
    }
}
