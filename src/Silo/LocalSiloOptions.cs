using Experiments.Grains.Execution;

namespace Experiments.Silo;

/// <summary>A silo on one machine, with its storage in a folder.</summary>
public sealed record LocalSiloOptions
{
    public required LocalStorage Storage { get; init; }

    /// <summary>Experiments trained at once, each on one core; 0 for a silo that only reads and serves.</summary>
    public int Slots { get; init; } = Environment.ProcessorCount;

    /// <summary>How long a training may go on inside an epoch without a checkpoint.</summary>
    public TimeSpan CheckpointEvery { get; init; } = new TrainingOptions().CheckpointEvery;

    /// <summary>Whether grids that an earlier process left unfinished go on by themselves.</summary>
    public bool ResumesGrids { get; init; } = true;

    /// <summary>Whether other processes are told where to reach it, since it lasts.</summary>
    public bool AdmitsOthers { get; init; } = true;

    /// <summary>Where Fashion-MNIST is to be taken from; null to find or fetch it.</summary>
    public string? DataFolder { get; init; }
}
