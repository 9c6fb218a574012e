using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Experiments;

/// <summary>
/// Owns one experiment: its status, its lease, its epoch history and its evaluation. Its key is <see cref="GrainKeys.Experiment"/> of
/// the experiment's id. It decides and persists; a slot trains. Every report of a slot carries its lease, and an older lease is refused;
/// some carry notes for the journal, always all of the attempt so far.
/// </summary>
[Alias("Experiments.IExperimentGrain")]
public interface IExperimentGrain : IGrainWithStringKey
{
    /// <summary>Leases the experiment to a slot. The attempt is counted and persisted before this returns.</summary>
    /// <returns>Null where there is nothing to train: another slot holds a lease, or the experiment is paused or in a final status.</returns>
    [Alias("StartAttempt")]
    Task<Lease?> StartAttempt(string gridName, SlotIdentity slot, CancellationToken cancellationToken);

    /// <summary>Persists an epoch whose checkpoint is stored. Telling of the same epoch again changes nothing.</summary>
    [Alias("CommitEpoch")]
    Task<LeaseAnswer> CommitEpoch(long lease, EpochMetrics metrics, CancellationToken cancellationToken);

    /// <summary>Tells that the slot is alive, and how far it has come.</summary>
    /// <param name="notes">None where there is no new one.</param>
    [Alias("Heartbeat")]
    Task<LeaseAnswer> Heartbeat(long lease, BatchProgress? progress, ImmutableArray<JournalLine> notes, CancellationToken cancellationToken);

    /// <summary>
    /// Persists the evaluation, whose checkpoint and predictions are stored, and completes the experiment. Telling of it again changes nothing.
    /// Where the experiment was paused or cancelled before, it stays so, and the attempt ends.
    /// </summary>
    [Alias("Complete")]
    Task<LeaseAnswer> Complete(long lease, TestEvaluation evaluation, ImmutableArray<JournalLine> notes, CancellationToken cancellationToken);

    /// <summary>Ends the attempt otherwise.</summary>
    [Alias("EndAttempt")]
    Task<LeaseAnswer> EndAttempt(long lease, AttemptEnd end, ImmutableArray<JournalLine> notes, CancellationToken cancellationToken);

    /// <summary>Makes the experiment pending again where its lease has ended because its silo is gone, or its slot fell silent.</summary>
    /// <returns>Whether a slot holds a lease. Where none does, the grid has been told of the status once more.</returns>
    [Alias("CheckLease")]
    Task<bool> CheckLease(CancellationToken cancellationToken);

    /// <summary>Takes over the assignment. Paused becomes pending; completed too where the assignment asks for more epochs than it has.</summary>
    /// <returns>False, and nothing is changed, while a slot that was told to stop has still to store its checkpoint: ask again.</returns>
    [Alias("Resume")]
    Task<bool> Resume(ExperimentAssignment assignment, CancellationToken cancellationToken);

    /// <summary>
    /// Does what a user asks, and persists it before this returns. A slot that trains hears of it at its next report. Asked by the grid alone,
    /// of an experiment that a slot has taken before.
    /// </summary>
    [Alias("Control")]
    Task<ControlOutcome> Control(ControlVerb verb, ExperimentAssignment assignment, CancellationToken cancellationToken);

    /// <summary>Forgets the experiment; its rows and checkpoints are the grid's to remove.</summary>
    /// <returns>False, and nothing is changed, while a slot that was told to stop has still to store its checkpoint: ask again.</returns>
    [Alias("Delete")]
    Task<bool> Delete(CancellationToken cancellationToken);

    [AlwaysInterleave, Alias("GetSnapshot")]
    Task<ExperimentSnapshot?> GetSnapshot(CancellationToken cancellationToken);

    /// <summary>What has become of it; empty before a slot first trains it.</summary>
    [AlwaysInterleave, Alias("GetJournal")]
    Task<ExperimentJournal> GetJournal(CancellationToken cancellationToken);

    /// <summary>The weights as a safetensors file in the layout of the plain PyTorch model; null before the first epoch.</summary>
    /// <param name="best">Those of the best epoch instead of the result's, which are the last unless the best are restored.</param>
    [AlwaysInterleave, Alias("GetWeights")]
    Task<byte[]?> GetWeights(bool best, CancellationToken cancellationToken);

    /// <summary>What the result's weights say of the test images; null until the experiment is completed.</summary>
    [AlwaysInterleave, Alias("GetPredictions")]
    Task<Predictions?> GetPredictions(CancellationToken cancellationToken);
}
