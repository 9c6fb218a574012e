using System.Globalization;

namespace Experiments.Client.Doctor.Storage;

/// <summary>The folder of the local storage: whether it can be written, has room, and who works on it.</summary>
internal static class FolderCheck
{
    /// <summary>Bytes. An experiment of Fashion-MNIST keeps 4 MB; a checkpoint, or a merge of SQLite's log, takes a moment's room beyond that.</summary>
    private const long Scarce = 2_000_000_000, Least = 100_000_000;

    public static Finding Judge(FolderReading storage)
    {
        string place = storage.IsThere ? $"'{storage.Folder}'" : $"'{storage.Folder}', which the first run makes";
        string room = storage.Free is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:N1} GB free") : "free room unknown";
        return storage switch
        {
            { Refusal: { } refusal } => Finding.Fault($"The storage folder '{storage.Folder}' cannot be written ({refusal}).", "Mend that, or give another with --storage DIR."),
            { Free: < Least } => Finding.Fault($"{place}, {room}: trainings pause when there is none.", "Make room, or give another folder with --storage DIR."),
            { Free: < Scarce } => Finding.Note($"{place}, {room}.", "Make room before large grids: each experiment keeps its checkpoint, some megabytes."),
            { IsRemote: true } => Finding.Note($"{place} lies on another machine's device, {room}.", "Give a folder on a disk of this machine with --storage DIR: SQLite's log wants one, and for several machines there is --cluster."),
            _ => Finding.Ok($"{place}, {room}; {Activity(storage)}."),
        };
    }

    private static string Activity(FolderReading storage) => storage switch
    {
        { Active: { } active } => string.Create(
            CultureInfo.InvariantCulture, $"'{active.Activity}' works on it (process {active.ProcessId}, since {active.Since.ToLocalTime():yyyy-MM-dd HH:mm:ss})"),
        { IsActive: true } => "another process works on it",
        _ => "nobody works on it",
    };
}
