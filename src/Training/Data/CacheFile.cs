namespace Experiments.Training.Data;

/// <summary>
/// A file that appears whole under its name, or not at all. Where it cannot be written, say for want of room, that is told, and what
/// follows is not written either: whoever has the content can do without the file.
/// </summary>
internal sealed class CacheFile(string path, IProgress<DatasetProgress>? progress) : IDisposable
{
    private readonly string _partial = path + ".partial";
    private FileStream? _file;
    private bool _isGivenUp;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (!_isGivenUp)
                (_file ??= new FileStream(_partial, FileMode.Create, FileAccess.Write)).Write(bytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            GiveUp(fault);
        }
    }

    public void Commit()
    {
        try
        {
            _file?.Flush(flushToDisk: true);
            _file?.Dispose();
            if (_file is not null)
                File.Move(_partial, path, overwrite: true);
            _file = null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            GiveUp(fault);
        }
    }

    public void Dispose()
    {
        if (_file is null)
            return;
        try
        {
            _file.Dispose();
            File.Delete(_partial);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is written anew by the next one that holds the lock.
        }

        _file = null;
    }

    private void GiveUp(Exception fault)
    {
        _isGivenUp = true;
        Dispose();
        progress?.Report(NotKept(path, fault));
    }

    public static DatasetProgress NotKept(string path, Exception fault) =>
        new($"{path}: cannot be written ({fault.Message.TrimEnd('.')}), so each start takes the data from the storage again; make room or make it writable, or set XDG_CACHE_HOME to another folder");
}
