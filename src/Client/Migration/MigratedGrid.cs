namespace Experiments.Client.Migration;

/// <summary>What came of a grid of the local storage; what is stored of it is told for one that was copied.</summary>
/// <param name="Copied">Whether it was copied now; else it was there already.</param>
/// <param name="Unfinished">Experiments that go on in the cluster by themselves.</param>
/// <param name="CheckpointBytes">Of all its checkpoints.</param>
/// <param name="DamagedCheckpoints">Those that were damaged in the local storage already, and are passed over in the cluster too.</param>
/// <param name="DataMissing">Why its data are not in the cluster; null where they are, or where each silo finds them by itself.</param>
internal sealed record MigratedGrid(
    string Name,
    string Id,
    bool Copied,
    int Experiments,
    int Unfinished,
    long Epochs,
    long Checkpoints,
    long CheckpointBytes,
    int DamagedCheckpoints,
    string? DataMissing);
