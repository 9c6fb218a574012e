using Experiments.Grains.Storage;
using Experiments.Grains.Tests.Execution;
using Experiments.Training.Checkpoints;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Grains.Tests.Control;

/// <summary>Verbs on experiments that the slots of a silo train.</summary>
public sealed class TrainingControlTests : IDisposable
{
    private const int BatchesPerEpoch = 60;
    private static readonly ExperimentConfig Config = Some.Config(epochs: 4, batchSize: 240 / BatchesPerEpoch, dropout: 0.2);

    private readonly TemporaryFolder _folder = new();
    private readonly SmallDataset _data = new();

    [Theory]
    [InlineData(ControlVerb.Pause, ControlVerb.Resume)]
    [InlineData(ControlVerb.Cancel, ControlVerb.Retry)]
    public async Task OneThatTrainsStopsWithItsCheckpointAndGoesOnToTheSameWeights(ControlVerb stop, ControlVerb goOn)
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 1, new StandingTraining(epoch: 2, batch: 30).Configure);
        await silo.Submit(Some.Grid("grid", _data.Reference, Some.Experiment("it", Config)));
        var seen = (await silo.Until("grid", snapshot => snapshot.Experiments[0].Progress is { Epoch: 2, Batch: 30 })).Experiments[0];

        Assert.Equal(1, (await silo.Grid("grid").Control(stop, "it", Some.Token))!.Changed);

        var stopped = (await silo.Grid("grid").GetExperiment("it", Some.Token))!;
        Assert.Equal(stop.Applied(ExperimentStatus.Running), stopped.Status);
        var checkpoints = silo.Services.GetRequiredService<ICheckpointStore>();
        await silo.Until("grid", async () => await NewestStep(checkpoints, seen.Id) == BatchesPerEpoch + 30);

        await silo.Grid("grid").Control(goOn, "it", Some.Token);
        await silo.UntilCompleted("grid");
        var result = (await silo.Results("grid")).Single();
        Assert.Equal(2, result.Attempts);
        (await TrainedAlone.Of(Config, _data.Reference)).AssertSame(result);
    }

    [Fact]
    public async Task AFreedSlotTakesTheNext()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 1);
        await silo.Submit(Some.Grid(
            "grid", _data.Reference, Some.Experiment("long", Some.Config(epochs: 100_000)), Some.Experiment("next", Some.Config(epochs: 1))));
        await silo.Until("grid", snapshot => snapshot.Experiments[0].Last is not null);

        await silo.Grid("grid").Control(ControlVerb.Cancel, "long", Some.Token);

        var ended = await silo.Until("grid", snapshot => snapshot.Grid.Status != GridStatus.Running);
        Assert.Equal([ExperimentStatus.Cancelled, ExperimentStatus.Completed], ended.Experiments.Select(row => row.Status));
    }

    [Fact]
    public async Task ADivergedOneThatIsRetriedDivergesAgain()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 1);
        await silo.Submit(Some.Grid("grid", _data.Reference, Some.Experiment("explodes", Some.Config(epochs: 50, learningRate: 1e30))));
        await silo.Until("grid", snapshot => snapshot.Grid.Status == GridStatus.Failed);
        var failed = (await silo.Results("grid")).Single();

        Assert.Equal(1, (await silo.Grid("grid").Control(ControlVerb.Retry, null, Some.Token))!.Changed);

        await silo.Until("grid", async () => (await silo.Results("grid")).Single() is { Attempts: 2, Status: ExperimentStatus.Failed });
        Assert.Equal(failed.Error, (await silo.Results("grid")).Single().Error);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _data.Dispose();
    }

    /// <summary>Steps trained up to the newest checkpoint.</summary>
    private static async Task<long?> NewestStep(ICheckpointStore store, string id)
    {
        var entries = await store.ListAsync(id, Some.Token);
        return entries.IsEmpty || await store.ReadAsync(id, entries[^1].Name, Some.Token) is not { } bytes ? null : Checkpoint.FromBytes(bytes).Position.Step;
    }
}
