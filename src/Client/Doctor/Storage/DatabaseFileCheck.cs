using Experiments.Grains.Storage.Inspection;
using Experiments.Reports;
using Experiments.Silo;

namespace Experiments.Client.Doctor.Storage;

/// <summary>The file of the local storage: whether this version can use it, and whether it is whole.</summary>
internal static class DatabaseFileCheck
{
    /// <summary>For the search for damage, which reads the whole file.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static Finding Look(string folder, CancellationToken stop)
    {
        string file = LocalStorage.DatabaseIn(folder);
        if (!File.Exists(file)) return Finding.Ok("There is none yet; the first run makes it.");
        using var until = CancellationTokenSource.CreateLinkedTokenSource(stop);
        until.CancelAfter(Patience);
        try
        {
            return Judge(file, SqliteInspection.Read(file, until.Token));
        }
        catch (StorageUnavailableException exception)
        {
            return Finding.Fault(exception);
        }
    }

    public static Finding Judge(string file, SqliteReading reading) => reading switch
    {
        { SchemaVersion: var found, KnownSchemaVersion: var known } when found > known =>
            Finding.Fault($"'{file}' has schema version {found}, and this program knows no later one than {known}.", "Use the newer version of Experiments, or give another folder with --storage DIR."),
        { Damage: { } damage } => Finding.Fault($"'{file}' is damaged ({damage.TrimEnd('.')}).", "Move it away and restore a copy, or give another folder with --storage DIR."),
        _ => Finding.Ok($"Schema version {reading.SchemaVersion}, {Figures.Bytes(reading.Bytes)}, {(reading.IsWhole ? "whole" : "not searched for damage to its end, since it is large")}."),
    };
}
