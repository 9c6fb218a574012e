using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Experiments;

/// <summary>Owns one grid. Its key is <see cref="GrainKeys.Grid"/> of the grid's name, so that a name stands for one grid only.</summary>
[Alias("Experiments.IGridGrain")]
public interface IGridGrain : IGrainWithStringKey
{
    /// <summary>
    /// Creates the grid, or goes on with the one of this name: the same grid resumes, added experiments join it, and a larger number
    /// of epochs continues what has ended. Submitting again changes nothing else.
    /// </summary>
    /// <exception cref="GridConflictException">The existing grid differs in another way; nothing is changed.</exception>
    /// <exception cref="DatasetMissingException">Its data are to be in the storage, and are not; nothing is changed.</exception>
    [ResponseTimeout("00:01:00"), Alias("Submit")]
    Task<SubmitResult> Submit(GridDefinition definition, CancellationToken cancellationToken);

    /// <summary>
    /// Applies a verb to one experiment, or to every one of the grid that it applies to. What has changed is persisted before this returns;
    /// a slot stops within a second and a batch. A verb that goes on with an experiment first waits for a slot that is still stopping.
    /// The same question, asked again, is answered as it was the first time; see <see cref="RequestIdentity"/>.
    /// </summary>
    /// <param name="experiment">Its id or name; null for the whole grid.</param>
    /// <returns>Null where there is no such grid or experiment.</returns>
    [ResponseTimeout("00:01:00"), Alias("Control")]
    Task<ControlResult?> Control(ControlVerb verb, string? experiment, CancellationToken cancellationToken);

    /// <summary>
    /// Puts what people write about the grid, or about one of its experiments, in place of what they wrote before; empty tags and an empty note
    /// take it away. It is persisted before this returns, and a reader of <see cref="GetSnapshot"/> sees it as a change.
    /// </summary>
    /// <param name="experiment">Its id or name; null for the grid itself.</param>
    /// <returns>False where there is no such grid or experiment.</returns>
    /// <exception cref="AnnotationException">It is longer than is kept, or not what <see cref="Annotation.Create"/> allows; nothing is changed.</exception>
    [ResponseTimeout("00:01:00"), Alias("Annotate")]
    Task<bool> Annotate(string? experiment, Annotation annotation, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the grid with all that is stored of it, and frees its name. Readers are told at once that there is none. If it is interrupted,
    /// asking again finishes it.
    /// </summary>
    /// <param name="id">Of the grid that is meant: another one of its name is left as it is.</param>
    /// <returns>How many of its experiments are in no final status, for which reason nothing is removed; 0 once nothing is left.</returns>
    [ResponseTimeout("00:01:00"), Alias("Delete")]
    Task<int> Delete(string id, CancellationToken cancellationToken);

    /// <summary>The grid without its experiments, and what it takes in the storage; null where no grid has the name.</summary>
    [AlwaysInterleave, Alias("GetOverview")]
    Task<GridOverview?> GetOverview(CancellationToken cancellationToken);

    /// <summary>The grid without its experiments, from memory alone: for who asks every second; null where no grid has the name.</summary>
    [AlwaysInterleave, Alias("GetProgress")]
    Task<GridOverview?> GetProgress(CancellationToken cancellationToken);

    /// <summary>What was submitted, as it resolves, with all that joined it later; null where no grid has the name.</summary>
    [AlwaysInterleave, Alias("GetDefinition")]
    Task<GridDefinition?> GetDefinition(CancellationToken cancellationToken);

    /// <summary>The grid, and those of its experiments that changed after <paramref name="since"/>; null where no grid has the name.</summary>
    /// <param name="since">The <see cref="GridSnapshot.Version"/> known to the caller; 0 for all. One that this activation does not know gives all.</param>
    [AlwaysInterleave, Alias("GetSnapshot")]
    Task<GridSnapshot?> GetSnapshot(long since, CancellationToken cancellationToken);

    /// <summary>All that is known of one experiment; null where the grid has none of this id or name.</summary>
    [AlwaysInterleave, Alias("GetExperiment")]
    Task<ExperimentSnapshot?> GetExperiment(string idOrName, CancellationToken cancellationToken);

    /// <summary>What has become of one experiment; null where the grid has none of this id or name.</summary>
    [AlwaysInterleave, Alias("GetJournal")]
    Task<ExperimentJournal?> GetJournal(string idOrName, CancellationToken cancellationToken);

    /// <summary>What the queue needs of the grid; null where no grid has the name.</summary>
    [AlwaysInterleave, Alias("GetQueue")]
    Task<QueuedGrid?> GetQueue(CancellationToken cancellationToken);

    /// <summary>A grid is registered under the name: where this activation knows of none, since it was stored by others, the next call is answered by one that does.</summary>
    [OneWay, Alias("LookAgain")]
    Task LookAgain(CancellationToken cancellationToken);

    /// <summary>What is to be trained as an experiment; null where the grid has none of this id, or paused or cancelled it before it began.</summary>
    [AlwaysInterleave, Alias("GetAssignment")]
    Task<ExperimentAssignment?> GetAssignment(string experimentId, CancellationToken cancellationToken);

    /// <summary>An experiment tells of a change of its status, which it has persisted.</summary>
    /// <returns>
    /// The status that it is to take instead: while it began, the grid paused or cancelled it as one that had not. Null almost always.
    /// </returns>
    [AlwaysInterleave, Alias("Report")]
    Task<ExperimentStatus?> Report(ExperimentRow row, CancellationToken cancellationToken);

    /// <summary>An experiment tells how far it has come.</summary>
    [OneWay, AlwaysInterleave, Alias("ReportProgress")]
    Task ReportProgress(ExperimentRow row);
}

/// <param name="Created">Whether the name was new.</param>
[GenerateSerializer, Immutable, Alias("Experiments.SubmitResult")]
public sealed record SubmitResult([property: Id(0)] GridOverview Grid, [property: Id(1)] bool Created);
