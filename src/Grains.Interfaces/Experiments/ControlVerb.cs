namespace Experiments;

/// <summary>What a user may ask of an experiment, or of every experiment of a grid.</summary>
[GenerateSerializer, Alias("Experiments.ControlVerb")]
public enum ControlVerb
{
    /// <summary>Trains no further, for good unless it is retried; the checkpoint stays.</summary>
    Cancel,

    /// <summary>Trains no further until it is resumed; the checkpoint stays.</summary>
    Pause,

    Resume,

    /// <summary>Goes on from its checkpoint with the count of attempts set to zero.</summary>
    Retry,
}

public static class ControlVerbs
{
    public static IReadOnlyList<ControlVerb> All { get; } = Enum.GetValues<ControlVerb>();

    /// <summary>What an experiment becomes by a verb; null where the verb does not apply to its status.</summary>
    public static ExperimentStatus? Applied(this ControlVerb verb, ExperimentStatus status) => (verb, status) switch
    {
        (ControlVerb.Cancel, ExperimentStatus.Pending or ExperimentStatus.Running or ExperimentStatus.Paused) => ExperimentStatus.Cancelled,
        (ControlVerb.Pause, ExperimentStatus.Pending or ExperimentStatus.Running) => ExperimentStatus.Paused,
        (ControlVerb.Resume, ExperimentStatus.Paused) => ExperimentStatus.Pending,
        (ControlVerb.Retry, ExperimentStatus.Failed or ExperimentStatus.Cancelled) => ExperimentStatus.Pending,
        _ => null,
    };
}

/// <summary>What an experiment's grain made of a verb.</summary>
[GenerateSerializer, Alias("Experiments.ControlOutcome")]
public enum ControlOutcome
{
    Changed,

    /// <summary>The verb does not apply to the experiment's status, which the grid has been told once more.</summary>
    Skipped,

    /// <summary>The slot that was told to stop has still to store its checkpoint: ask again.</summary>
    Stopping,
}
