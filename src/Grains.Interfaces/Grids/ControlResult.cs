namespace Experiments;

/// <summary>What a verb came to.</summary>
/// <param name="Changed">Experiments whose status is another now; that is persisted.</param>
/// <param name="Skipped">Experiments to whose status the verb does not apply.</param>
/// <param name="Status">Of the one experiment that was named, now; null where it was for the whole grid.</param>
[GenerateSerializer, Immutable, Alias("Experiments.ControlResult")]
public sealed record ControlResult(
    [property: Id(0)] int Changed,
    [property: Id(1)] int Skipped,
    [property: Id(2)] ExperimentStatus? Status);
