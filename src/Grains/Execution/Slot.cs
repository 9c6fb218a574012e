using Experiments.Grains.Storage;
using Experiments.Grains.Telemetry;
using Experiments.Training;
using Experiments.Training.Checkpoints;
using Experiments.Training.Data;
using Microsoft.Extensions.Logging;

namespace Experiments.Grains.Execution;

/// <summary>Trains one experiment after the other.</summary>
internal sealed class Slot(
    int number,
    IGrainFactory grains,
    SlotIdentity identity,
    DatasetCatalog datasets,
    ICheckpointStore checkpoints,
    TrainingLoop loop,
    TrainingOptions options,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>A queue that is to move to another silo waits for those who wait at it, and all who submit wait for the queue.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Between two lines of the log while the bytes of a dataset come.</summary>
    private static readonly TimeSpan DatasetPeriod = TimeSpan.FromSeconds(10);

    private volatile string? _experiment;

    /// <summary>From 1.</summary>
    public int Number => number;

    /// <summary>Id of the experiment that it trains; null while it waits for one.</summary>
    public string? Experiment => _experiment;

    /// <summary>Waits for an experiment and trains it to its end, or until <paramref name="stopping"/>.</summary>
    /// <param name="abandoned">Once this is cancelled too, reports that do not come through are given up.</param>
    public async Task TrainNext(CancellationToken stopping, CancellationToken abandoned)
    {
        var queue = grains.GetGrain<IQueueGrain>(GrainKeys.Queue);
        if (await queue.Take(identity.Silo, Patience, stopping) is not { } queued)
        {
            return;
        }

        var experiment = grains.GetGrain<IExperimentGrain>(GrainKeys.Experiment(queued.ExperimentId));
        Lease? lease;
        try
        {
            // Not to be cancelled: a lease given while nobody waits for it any more would count as a lost attempt.
            lease = await experiment.StartAttempt(queued.GridName, identity, CancellationToken.None);
        }
        catch
        {
            await queue.Return(queued.GridName, queued.ExperimentId, pending: true, CancellationToken.None);
            throw;
        }

        if (lease is null)
        {
            // It was paused or cancelled on the way, and may have been resumed since.
            await queue.Return(queued.GridName, queued.ExperimentId, pending: true, CancellationToken.None);
            return;
        }

        try
        {
            _experiment = queued.ExperimentId;
            await Train(lease, experiment, stopping, abandoned);
        }
        finally
        {
            _experiment = null;
        }
    }

    private async Task Train(Lease lease, IExperimentGrain experiment, CancellationToken stopping, CancellationToken abandoned)
    {
        var (id, config) = (lease.Assignment.ExperimentId, lease.Assignment.Definition.Config);
        var log = ScopedLogger.OfExperiment(logger, lease.Assignment, lease.Number, identity.Silo, lease.Trace);
        log.AttemptBegins(id, lease.Assignment.GridName, lease.Assignment.Definition.Name, lease.Number, lease.History.Length, config.Training.Epochs);
        var notes = new AttemptNotes(id, log, time);
        var stored = new StoredCheckpoints(checkpoints, id, notes);
        using var telemetry = new AttemptTelemetry(lease, identity.Silo, time);
        await using var reporter = new AttemptReporter(id, lease.Number, experiment, stored, options.CheckpointEvery, time, notes, telemetry, stopping, abandoned);
        try
        {
            var progress = new DatasetProgressLines(DatasetPeriod, time, notes.DatasetProgress);
            var data = await telemetry.Part("dataset", () => reporter.Persistently(
                "reading the dataset", () => datasets.Get(lease.Assignment.Dataset, config.Split, progress, reporter.Stop), reporter.Stop));
            var checkpoint = await telemetry.Part("restore", () => reporter.Persistently(
                "reading checkpoints", () => LatestCheckpoint(stored, lease, data, notes, reporter.Stop), reporter.Stop));
            telemetry.TrainingBegins(data.Split.Train.Length);
            var watch = new TrainingWatch(reporter, options.HangsAfter, time, reporter.Stop);
            var outcome = await watch.Outcome(TrainingThread.Run($"slot {number}", () => loop(config, data, checkpoint, watch, time, watch.Stop)));
            log.AttemptEnds(id, outcome.GetType().Name.ToLowerInvariant());
            using var evaluation = telemetry.Evaluation(outcome);
            await reporter.End(outcome);
        }
        catch (OperationCanceledException) when (reporter.Stop.IsCancellationRequested)
        {
            await reporter.End(AttemptEndReason.Stopped);
        }
        catch (TrainingHungException exception)
        {
            log.TrainingHung(id, number, exception.Message);
            await reporter.End(AttemptEndReason.Hung);
        }
        catch (DatasetException exception)
        {
            await reporter.End(AttemptEndReason.Failed, exception.Message, exception.GetType().Name);
        }
        catch (Exception exception)
        {
            log.TrainingFailed(exception, id);
            await reporter.End(AttemptEndReason.Failed, exception.Message, exception.GetType().Name);
        }
    }

    /// <summary>Where to go on: the newest checkpoint of this configuration that the committed history vouches for.</summary>
    private static async Task<Checkpoint?> LatestCheckpoint(
        StoredCheckpoints stored, Lease lease, TrainingSet data, AttemptNotes notes, CancellationToken cancellationToken)
    {
        var checkpoint = await stored.Latest(
            found => found.Fits(lease.Assignment.Definition.Config, data.Dataset.Sha256)
                && found.Position.CompletedEpochs <= lease.History.Length
                && found.Position.HistorySha256 == HistoryHash.Of(lease.History.Take(found.Position.CompletedEpochs)),
            cancellationToken);
        if (checkpoint is not null)
        {
            notes.GoesOn(lease.Assignment.ExperimentId, checkpoint.Position.CompletedEpochs, checkpoint.Position.Batch);
        }
        else if (!lease.History.IsEmpty)
        {
            notes.StartsOver(lease.Assignment.ExperimentId, lease.History.Length);
        }

        return checkpoint;
    }
}
