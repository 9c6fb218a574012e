using System.Collections.Immutable;
using Experiments.Clustering;
using Experiments.Dashboard.Connection;

namespace Experiments.Dashboard.Live;

/// <summary>One experiment, of which its grid's live line tells when there is more to ask.</summary>
internal sealed class LiveExperiment(string name, string gridName, LiveGrid grid, IClusterGrains cluster, TimeProvider time, Action<LiveExperiment> forgotten) : LiveView<ExperimentView>(time)
{
    private readonly TimeProvider _time = time;
    private readonly KnownResults<TestImages> _testImages = new();

    private IDatasetViewGrain Dataset => cluster.Grains.GetGrain<IDatasetViewGrain>(0);

    /// <summary>The grid tells of changes by itself; this finds out when it falls silent.</summary>
    protected override TimeSpan Period => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    /// <remarks>Who watches an experiment watches its grid, which tells of each change.</remarks>
    public override IDisposable Watch(Action changed) => new Both(grid.Watch(() => _ = Refresh()), base.Watch(changed));

    /// <summary>What it says of the test images, asked for once; null until it is evaluated.</summary>
    /// <exception cref="DatasetUnreadableException">No silo has the data; this applies to the model too.</exception>
    public async Task<TestImages?> ReadTestImages(ExperimentView view) => view.Row.Test is null ? null : await _testImages.Of(view.Row, async () =>
        await cluster.Grains.GetGrain<IExperimentGrain>(GrainKeys.Experiment(view.Row.Id)).GetPredictions(CancellationToken.None) is { } predictions
            ? new TestImages(predictions, await ReadSize(view))
            : null);

    /// <summary>The layers of its model, and the size of the images that come into them.</summary>
    public async Task<(ImmutableArray<LayerSummary> Layers, ImageSize Size)> ReadModel(ExperimentView view) =>
        (await Dataset.SummarizeModel(view.Grid.Definition.Dataset, view.Config, CancellationToken.None), await ReadSize(view));

    protected override void Forget()
    {
        _testImages.Forget();
        forgotten(this);
    }

    protected override async Task<ExperimentView?> Ask(ExperimentView? known)
    {
        await grid.Asked(CancellationToken.None);
        if (grid.Silence is { } silence) throw new ClusterUnreachableException(silence, cause: null);
        if (grid.Current?.Find(name) is not { } row) return null;

        var view = grid.Current;
        bool isSame = known?.Row.Id == row.Id;
        if (isSame && ReferenceEquals(known!.Row, row) && ReferenceEquals(known.Grid.Definition, view.Definition)) return known;

        var grain = cluster.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(gridName));
        var snapshot = isSame && Decisive(known!.Row) == Decisive(row) ? known.Snapshot : await grain.GetExperiment(row.Id, CancellationToken.None);
        var journal = await grain.GetJournal(row.Id, CancellationToken.None);
        return snapshot is null || journal is null ? null : new ExperimentView(view, row, snapshot, journal, _time.GetUtcNow());
    }

    private async Task<ImageSize> ReadSize(ExperimentView view) =>
        (await Dataset.Summarize(view.Grid.Definition.Dataset, view.Config.Split, CancellationToken.None)).ImageSize;

    /// <summary>What of the line tells of another snapshot: its epochs and batches, which change all the time, are in the line itself.</summary>
    private static (ExperimentStatus, string?, int, TestMetrics?) Decisive(ExperimentRow row) => (row.Status, row.Silo, row.Epochs, row.Test);

    private sealed class Both(IDisposable first, IDisposable second) : IDisposable
    {
        public void Dispose()
        {
            first.Dispose();
            second.Dispose();
        }
    }
}

/// <summary>What an experiment says of the test images.</summary>
/// <param name="Size">Of each image.</param>
public sealed record TestImages(Predictions Predictions, ImageSize Size);
