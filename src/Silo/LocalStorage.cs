using System.Text.Json;
using Experiments.Training.Data;

namespace Experiments.Silo;

/// <summary>The folder that holds all that is local: the database, and word of the process that works on it.</summary>
public sealed class LocalStorage
{
    private const string LockName = "active.lock", ActiveName = "active.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <exception cref="StorageFolderException">The folder cannot be made.</exception>
    public LocalStorage(string folder)
    {
        Folder = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(Folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageFolderException($"The storage folder '{Folder}' cannot be used: {exception.Message} Give another with --storage DIR.");
        }
    }

    public string Folder { get; }

    public string Database => DatabaseIn(Folder);

    /// <summary>Where <see cref="FolderOf"/> says.</summary>
    public static LocalStorage At(string? folder) => new(FolderOf(folder));

    /// <summary>What --storage says, else EXPERIMENTS_HOME, else the user's data folder; it is not made.</summary>
    public static string FolderOf(string? folder) => Path.GetFullPath(
        folder ?? NonEmpty(Environment.GetEnvironmentVariable("EXPERIMENTS_HOME")) ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "experiments"));

    /// <summary>The database of the storage in a folder, whether or not there is one.</summary>
    public static string DatabaseIn(string folder) => Path.Combine(folder, "experiments.db");

    /// <summary>Makes this process the one that works on the storage, until the result is disposed of or the process ends in any way.</summary>
    /// <param name="activity">What it does, for others to read.</param>
    /// <returns>Null where another process is active.</returns>
    /// <exception cref="StorageFolderException">The folder cannot be written.</exception>
    public IDisposable? TryActivate(string activity)
    {
        FileStream? held = null;
        try
        {
            held = ExclusiveFile.TryHold(Path.Combine(Folder, LockName));
            if (held is null)
            {
                return null;
            }

            Publish(new ActiveProcess(Environment.ProcessId, activity, DateTimeOffset.UtcNow, Gateway: null, Slots: 0));
            return new Activation(held, Path.Combine(Folder, ActiveName));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw new StorageFolderException($"The storage folder '{Folder}' cannot be written: {exception.Message} Mend that, or give another with --storage DIR.");
        }
    }

    /// <summary>Whether the process that left this word is still active: one that was killed could not take it back.</summary>
    public bool IsActive(ActiveProcess process) => IsActive() && Active() == process;

    /// <summary>Whether a process works on the storage now.</summary>
    public bool IsActive() => ExclusiveFile.IsHeld(Path.Combine(Folder, LockName));

    /// <summary>Leaves word of the active process for others; only the active one may.</summary>
    public void Publish(ActiveProcess active)
    {
        string temporary = Path.Combine(Folder, ActiveName + ".tmp");
        File.WriteAllText(temporary, JsonSerializer.Serialize(active, Json));
        File.Move(temporary, Path.Combine(Folder, ActiveName), overwrite: true);
    }

    /// <summary>The process that works on the storage, as it described itself; null where none left word.</summary>
    public ActiveProcess? Active()
    {
        try
        {
            return JsonSerializer.Deserialize<ActiveProcess>(File.ReadAllText(Path.Combine(Folder, ActiveName)), Json);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }

    private static string? NonEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private sealed class Activation(FileStream held, string word) : IDisposable
    {
        public void Dispose()
        {
            File.Delete(word);
            held.Dispose();
        }
    }
}

/// <param name="Activity">What it does, such as "run quickstart.yaml".</param>
/// <param name="Gateway">Where clients reach its silo; null before it is up, and where it takes none.</param>
/// <param name="Slots">Experiments that it trains at once; 0 for one that only reads and serves.</param>
public sealed record ActiveProcess(int ProcessId, string Activity, DateTimeOffset Since, LocalGateway? Gateway, int Slots);

/// <summary>The storage folder cannot be used.</summary>
public sealed class StorageFolderException(string message) : Exception(message);
