namespace Experiments.Grains.Execution;

/// <summary>What a silo offers.</summary>
public sealed class TrainingOptions
{
    /// <summary>Experiments trained at once, each on one core; 0 for a silo that only serves and reads.</summary>
    public int Slots { get; set; } = Environment.ProcessorCount;
}
