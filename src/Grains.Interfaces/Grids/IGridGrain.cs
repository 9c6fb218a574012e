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
    [ResponseTimeout("00:05:00"), Alias("Submit")]
    Task<SubmitResult> Submit(GridDefinition definition, CancellationToken cancellationToken);

    /// <summary>The grid without its experiments; null where no grid has the name.</summary>
    [AlwaysInterleave, Alias("GetOverview")]
    Task<GridOverview?> GetOverview(CancellationToken cancellationToken);

    /// <summary>The grid, and those of its experiments that changed after <paramref name="since"/>; null where no grid has the name.</summary>
    /// <param name="since">The <see cref="GridSnapshot.Version"/> known to the caller; 0 for all. One that this activation does not know gives all.</param>
    [AlwaysInterleave, Alias("GetSnapshot")]
    Task<GridSnapshot?> GetSnapshot(long since, CancellationToken cancellationToken);

    /// <summary>All that is known of one experiment; null where the grid has none of this id or name.</summary>
    [AlwaysInterleave, Alias("GetExperiment")]
    Task<ExperimentSnapshot?> GetExperiment(string idOrName, CancellationToken cancellationToken);

    /// <summary>What the queue needs of the grid; null where no grid has the name.</summary>
    [AlwaysInterleave, Alias("GetQueue")]
    Task<QueuedGrid?> GetQueue(CancellationToken cancellationToken);

    /// <summary>What is to be trained as an experiment; null where the grid has none of this id.</summary>
    [AlwaysInterleave, Alias("GetAssignment")]
    Task<ExperimentAssignment?> GetAssignment(string experimentId, CancellationToken cancellationToken);

    /// <summary>An experiment tells of a change of its status, which it has persisted.</summary>
    [AlwaysInterleave, Alias("Report")]
    Task Report(ExperimentRow row, CancellationToken cancellationToken);

    /// <summary>An experiment tells how far it has come.</summary>
    [OneWay, AlwaysInterleave, Alias("ReportProgress")]
    Task ReportProgress(ExperimentRow row);
}

/// <param name="Created">Whether the name was new.</param>
[GenerateSerializer, Immutable, Alias("Experiments.SubmitResult")]
public sealed record SubmitResult([property: Id(0)] GridOverview Grid, [property: Id(1)] bool Created);
