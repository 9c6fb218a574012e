using System.Globalization;

namespace Experiments.Silo;

public static class StorageInUse
{
    /// <summary>Says which process works on the storage, and what to do.</summary>
    public static string Message(LocalStorage storage) => storage.Active() is { } active
        ? string.Create(CultureInfo.InvariantCulture, $"'{active.Activity}' is active on the storage '{storage.Folder}' (process {active.ProcessId}, since {active.Since.ToLocalTime():yyyy-MM-dd HH:mm:ss}). {(active is { Slots: 0, Gateway: not null } ? Served : Trained)}; or use another storage with --storage DIR.")
        : $"Another process is active on the storage '{storage.Folder}'. Wait for it, or use another storage with --storage DIR.";

    private const string Trained = "Wait for it or stop it with Ctrl-C; add a grid to it with 'experiments submit GRID.yaml'";

    private const string Served = "It trains nothing: stop it with Ctrl-C";
}
