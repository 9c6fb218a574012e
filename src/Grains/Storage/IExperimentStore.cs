using System.Collections.Immutable;

namespace Experiments.Grains.Storage;

/// <summary>
/// The grids' names, a summary row for each experiment, the epoch histories, and what people write about grids and experiments.
/// A returned write is durable; a cancelled one was not begun.
/// Every method may throw <see cref="StorageFullException"/> or <see cref="StorageUnavailableException"/>.
/// </summary>
public interface IExperimentStore
{
    /// <summary>Registers the name of a grid, and the dataset that it uses, which then stays until the grid is removed.</summary>
    /// <param name="dataset">SHA-256 of what it uses in the <see cref="IDatasetStore"/>; null for nothing.</param>
    /// <returns>The id that holds the name: the given one, or that of the grid registered before, of which nothing is changed.</returns>
    /// <exception cref="DatasetMissingException">The dataset is not there whole; nothing is registered.</exception>
    Task<string> AddGridAsync(string name, string id, string? dataset, CancellationToken cancellationToken = default);

    /// <returns>All grids in the order of their registration.</returns>
    Task<ImmutableArray<GridEntry>> ListGridsAsync(CancellationToken cancellationToken = default);

    /// <returns>Bytes of all that the checkpoint store holds for a grid's experiments; rows and histories, about 2 kB an experiment, are not counted.</returns>
    Task<long> MeasureGridAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Removes a grid with the rows, histories, checkpoints and annotations of its experiments and its own, and with the dataset that no other grid uses. If it is interrupted, calling it again goes on.</summary>
    Task RemoveGridAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Writes an experiment's row in place of the one before, unless a newer lease has written.</summary>
    /// <exception cref="LeaseLostException">A higher lease has written.</exception>
    Task WriteRowAsync(string gridId, long lease, ExperimentRow row, CancellationToken cancellationToken = default);

    /// <returns>The rows of a grid's experiments in the order of their ids.</returns>
    Task<ImmutableArray<ExperimentRow>> ReadRowsAsync(string gridId, CancellationToken cancellationToken = default);

    /// <summary>Commits an epoch and the row in one transaction. An epoch that is committed already keeps its metrics.</summary>
    /// <exception cref="LeaseLostException">A higher lease has written.</exception>
    /// <exception cref="EpochGapException">The epoch before is not committed.</exception>
    Task AppendEpochAsync(string gridId, long lease, EpochMetrics metrics, ExperimentRow row, CancellationToken cancellationToken = default);

    /// <returns>The committed epochs of an experiment, from the first.</returns>
    Task<ImmutableArray<EpochMetrics>> ReadHistoryAsync(string experimentId, CancellationToken cancellationToken = default);

    /// <summary>Reads the committed epochs of many experiments in one query.</summary>
    /// <param name="most">Epochs, of all together; what is beyond is left out from the end.</param>
    /// <returns>One for each request, in their order; empty columns where there is no such epoch.</returns>
    Task<ImmutableArray<EpochColumns>> ReadHistoriesAsync(ImmutableArray<HistoryRequest> requests, int most, CancellationToken cancellationToken = default);

    /// <summary>Writes what people say of a grid or an experiment in place of what they said before.</summary>
    /// <param name="experimentId">Null for the grid itself.</param>
    /// <returns>False where there is no such grid, or no more; then nothing is written.</returns>
    Task<bool> WriteAnnotationAsync(string gridId, string? experimentId, Annotation annotation, CancellationToken cancellationToken = default);

    /// <returns>Those of a grid and its experiments that hold a tag or a note.</returns>
    Task<ImmutableArray<AnnotationEntry>> ReadAnnotationsAsync(string gridId, CancellationToken cancellationToken = default);
}
