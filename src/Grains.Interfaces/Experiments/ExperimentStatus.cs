namespace Experiments;

[GenerateSerializer, Alias("Experiments.ExperimentStatus")]
public enum ExperimentStatus
{
    /// <summary>Waits for a slot.</summary>
    Pending,

    /// <summary>A slot trains it.</summary>
    Running,

    /// <summary>Keeps its checkpoint and waits for a resume.</summary>
    Paused,

    /// <summary>Trained to its last epoch, or to where it ended early, and evaluated.</summary>
    Completed,

    Cancelled,

    /// <summary>Ended by an error, which it carries.</summary>
    Failed,
}

public static class ExperimentStatusExtensions
{
    /// <summary>Whether nothing more happens without a retry.</summary>
    public static bool IsFinal(this ExperimentStatus status) =>
        status is ExperimentStatus.Completed or ExperimentStatus.Cancelled or ExperimentStatus.Failed;
}
