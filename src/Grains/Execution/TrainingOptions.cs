namespace Experiments.Grains.Execution;

/// <summary>What a silo offers.</summary>
public sealed class TrainingOptions
{
    /// <summary>Experiments trained at once, each on one core; 0 for a silo that only serves and reads.</summary>
    public int Slots { get; set; } = Environment.ProcessorCount;

    /// <summary>How long a training may go on inside an epoch without a checkpoint: what a crash costs at most. 5 minutes by default; zero takes one whenever the storage keeps up.</summary>
    public TimeSpan CheckpointEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a training may go on without a batch or an epoch before it is taken for hung, given up, and tried elsewhere. 10 minutes by
    /// default: an evaluation of millions of images gives no sign either.
    /// </summary>
    public TimeSpan HangsAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether grids that an earlier process left unfinished go on by themselves; else only those submitted to this one are trained.</summary>
    public bool ResumesGrids { get; set; } = true;
}
