namespace Experiments.Grains.Execution;

/// <summary>What a silo offers.</summary>
public sealed class TrainingOptions
{
    /// <summary>Experiments trained at once, each on one core; 0 for a silo that only serves and reads.</summary>
    public int Slots { get; set; } = Environment.ProcessorCount;

    /// <summary>Whether grids that an earlier process left unfinished go on by themselves; else only those submitted to this one are trained.</summary>
    public bool ResumesGrids { get; set; } = true;
}
