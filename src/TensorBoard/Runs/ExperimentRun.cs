using System.Collections.Immutable;

namespace Experiments.TensorBoard;

/// <summary>An experiment as a run of TensorBoard.</summary>
/// <param name="Attempts">As far back as they are known, the oldest first.</param>
/// <param name="EndedAt">When it reached a final status; null while it has not.</param>
public sealed record ExperimentRun(ExperimentSnapshot Experiment, ImmutableArray<Attempt> Attempts, DateTimeOffset? EndedAt);
