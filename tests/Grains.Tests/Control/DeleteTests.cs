using System.Collections.Immutable;
using Experiments.Grains.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Experiments.Grains.Tests.Control;

public sealed class DeleteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmallDataset _data = new();

    private GridDefinition Grid => Some.Grid("grid", _data.Reference, Some.Experiment("one", Some.Config(epochs: 1)), Some.Experiment("two", Some.Config(epochs: 1)));

    [Fact]
    public async Task ADeletedGridLeavesNothingAndItsNameStartsAnew()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 2);
        var first = await silo.Train(Grid);
        await silo.Grid("grid").Annotate(null, Some.Annotation, Some.Token);
        await silo.Grid("grid").Annotate("one", Some.Annotation, Some.Token);

        Assert.Equal(0, await silo.Grid("grid").Delete(await silo.IdOf("grid"), Some.Token));

        Assert.Null(await silo.Grid("grid").GetOverview(Some.Token));
        Assert.Null(await silo.Grid("grid").GetExperiment("one", Some.Token));
        Assert.Empty(await silo.Queue.ListGrids(Some.Token));
        AssertNothingIsStored();
        var again = await silo.Train(Grid);
        Assert.DoesNotContain(again[0].Id, first.Select(result => result.Id));
        Assert.Equal((1, first[0].WeightsSha256, null), (again[0].Attempts, again[0].WeightsSha256, again[0].Annotation));
        Assert.Null((await silo.Snapshot("grid")).Grid.Annotation);
    }

    [Fact]
    public async Task AnUnfinishedGridIsNotDeleted()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        await silo.Submit(Grid);
        await silo.Grid("grid").Control(ControlVerb.Cancel, "one", Some.Token);
        await silo.Grid("grid").Control(ControlVerb.Pause, "two", Some.Token);

        Assert.Equal(1, await silo.Grid("grid").Delete(await silo.IdOf("grid"), Some.Token));

        Assert.Equal(2, (await silo.Snapshot("grid")).Experiments.Length);
    }

    [Fact]
    public async Task ACancelledGridIsDeletedOnceItsSlotsHaveStopped()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 2);
        await silo.Submit(Grid with { Experiments = [Some.Experiment("one", Some.Config(epochs: 1000)), Some.Experiment("two", Some.Config(epochs: 1000))] });
        await silo.Until("grid", snapshot => snapshot.Experiments.All(row => row.Last is not null));

        await silo.Grid("grid").Control(ControlVerb.Cancel, null, Some.Token);
        Assert.Equal(0, await silo.Grid("grid").Delete(await silo.IdOf("grid"), Some.Token));

        AssertNothingIsStored();
    }

    [Fact]
    public async Task AnInterruptedDeleteIsFinishedByTheNextOneOrByASubmit()
    {
        foreach (bool bySubmit in new[] { false, true })
        {
            await using (var silo = await LiveSilo.Start(_folder.Path, slots: 2, Fails))
            {
                await silo.Train(Grid);
                await Assert.ThrowsAnyAsync<Exception>(async () => await silo.Grid("grid").Delete(await silo.IdOf("grid"), Some.Token));
                Assert.Null(await silo.Grid("grid").GetSnapshot(0, Some.Token));
            }

            await using var again = await LiveSilo.Start(_folder.Path, slots: 0);
            Assert.Null(await again.Grid("grid").GetOverview(Some.Token));
            if (bySubmit)
            {
                Assert.True((await again.Submit(Grid)).Created);
                Assert.All((await again.Snapshot("grid")).Experiments, row => Assert.Equal((ExperimentStatus.Pending, null), (row.Status, row.Last)));
            }
            else
            {
                Assert.Equal(0, await again.Grid("grid").Delete(await again.IdOf("grid"), Some.Token));
                AssertNothingIsStored();
            }
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        _data.Dispose();
    }

    private void AssertNothingIsStored()
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("experiments.db")};Pooling=False");
        connection.Open();
        foreach (string table in (string[])["grid", "experiment", "epoch", "checkpoint", "dataset", "dataset_chunk", "annotation", "OrleansStorage"])
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT COUNT(*) FROM {table}";
            Assert.True(command.ExecuteScalar() is 0L, $"something is left in {table}");
        }
    }

    /// <summary>The storage is lost when the rows are to go.</summary>
    private static void Fails(IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton<IExperimentStore>(provider =>
            new StoreThatRemovesNothing(ActivatorUtilities.CreateInstance<ExperimentStore>(provider))));

    private sealed class StoreThatRemovesNothing(IExperimentStore store) : IExperimentStore
    {
        public Task RemoveGridAsync(string id, CancellationToken cancellationToken) => throw new StorageUnavailableException("The storage is gone.", new IOException());

        public Task<string> AddGridAsync(string name, string id, string? dataset, CancellationToken cancellationToken) => store.AddGridAsync(name, id, dataset, cancellationToken);

        public Task<ImmutableArray<GridEntry>> ListGridsAsync(CancellationToken cancellationToken) => store.ListGridsAsync(cancellationToken);

        public Task<long> MeasureGridAsync(string id, CancellationToken cancellationToken) => store.MeasureGridAsync(id, cancellationToken);

        public Task WriteRowAsync(string gridId, long lease, ExperimentRow row, CancellationToken cancellationToken) => store.WriteRowAsync(gridId, lease, row, cancellationToken);

        public Task<ImmutableArray<ExperimentRow>> ReadRowsAsync(string gridId, CancellationToken cancellationToken) => store.ReadRowsAsync(gridId, cancellationToken);

        public Task AppendEpochAsync(string gridId, long lease, EpochMetrics metrics, ExperimentRow row, CancellationToken cancellationToken) => store.AppendEpochAsync(gridId, lease, metrics, row, cancellationToken);

        public Task<ImmutableArray<EpochMetrics>> ReadHistoryAsync(string experimentId, CancellationToken cancellationToken) => store.ReadHistoryAsync(experimentId, cancellationToken);

        public Task<ImmutableArray<EpochColumns>> ReadHistoriesAsync(ImmutableArray<HistoryRequest> requests, int most, CancellationToken cancellationToken) =>
            store.ReadHistoriesAsync(requests, most, cancellationToken);

        public Task<bool> WriteAnnotationAsync(string gridId, string? experimentId, Annotation annotation, CancellationToken cancellationToken) => store.WriteAnnotationAsync(gridId, experimentId, annotation, cancellationToken);

        public Task<ImmutableArray<AnnotationEntry>> ReadAnnotationsAsync(string gridId, CancellationToken cancellationToken) => store.ReadAnnotationsAsync(gridId, cancellationToken);
    }
}
