namespace Experiments.Client.Doctor.Storage;

/// <summary>What the local storage must have.</summary>
internal static class StorageChecks
{
    private static readonly Finding Late = Finding.Fault("The storage did not answer in time.", "See whether the device that it lies on works; a network's may be out of reach.");

    public static Check[] All(string folder) =>
    [
        Check.Of("storage", () => FolderCheck.Judge(FolderReading.Take(folder)), Late),
        new("database", stop => Task.FromResult(DatabaseFileCheck.Look(folder, stop)), Late),
        new("clock", ClockCheck.LookAlone, ClockCheck.Late),
    ];
}
