using Experiments.Grains.Storage;
using Experiments.Training;
using Experiments.Training.Checkpoints;
using Experiments.Training.Data;
using Microsoft.Extensions.Logging;

namespace Experiments.Grains.Execution;

/// <summary>Trains one experiment after the other.</summary>
internal sealed class Slot(
    int number, IGrainFactory grains, SiloAddress silo, DatasetCatalog datasets, ICheckpointStore checkpoints, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Waits for an experiment and trains it to its end, or until <paramref name="stopping"/>.</summary>
    public async Task TrainNext(CancellationToken stopping)
    {
        var queue = grains.GetGrain<IQueueGrain>(GrainKeys.Queue);
        if (await queue.Take(silo, Patience, stopping) is not { } assignment)
        {
            return;
        }

        var experiment = grains.GetGrain<IExperimentGrain>(GrainKeys.Experiment(assignment.ExperimentId));
        Lease? lease;
        try
        {
            lease = await experiment.StartAttempt(assignment, new SlotIdentity(silo, LibTorch.Environment()), stopping);
        }
        catch
        {
            await queue.Return(assignment.GridName, assignment.ExperimentId, pending: true, CancellationToken.None);
            throw;
        }

        if (lease is not null)
        {
            await Train(assignment, lease, experiment, stopping);
        }
    }

    private async Task Train(ExperimentAssignment assignment, Lease lease, IExperimentGrain experiment, CancellationToken stopping)
    {
        logger.AttemptBegins(assignment.ExperimentId, lease.Number, lease.History.Length);
        await using var reporter = new AttemptReporter(assignment.ExperimentId, lease.Number, experiment, checkpoints, time, logger, stopping);
        try
        {
            var config = assignment.Definition.Config;
            var data = await datasets.Get(assignment.Dataset, config.Split, reporter.Stop);
            var checkpoint = await LatestCheckpoint(assignment, lease, data, reporter.Stop);
            var outcome = await TrainingThread.Run($"slot {number}", () => Trainer.Train(config, data, checkpoint, reporter, time, reporter.Stop));
            logger.AttemptEnds(assignment.ExperimentId, outcome.GetType().Name);
            await reporter.End(outcome);
        }
        catch (OperationCanceledException) when (reporter.Stop.IsCancellationRequested)
        {
            await reporter.End(AttemptEndReason.Stopped, null);
        }
        catch (DatasetException exception)
        {
            await reporter.End(AttemptEndReason.Failed, exception.Message);
        }
        catch (Exception exception) when (exception is not LeaseLostException)
        {
            logger.TrainingFailed(exception, assignment.ExperimentId);
            await reporter.End(AttemptEndReason.Failed, exception.Message);
        }
    }

    /// <summary>Where to go on: the newest checkpoint of this configuration that the committed history vouches for.</summary>
    private async Task<Checkpoint?> LatestCheckpoint(ExperimentAssignment assignment, Lease lease, TrainingSet data, CancellationToken cancellationToken)
    {
        var checkpoint = await StoredCheckpoints.Latest(
            checkpoints,
            assignment.ExperimentId,
            stored => stored.Fits(assignment.Definition.Config, data.Dataset.Sha256)
                && stored.Position.CompletedEpochs <= lease.History.Length
                && stored.Position.HistorySha256 == HistoryHash.Of(lease.History.Take(stored.Position.CompletedEpochs)),
            logger,
            cancellationToken);
        if (checkpoint is null && !lease.History.IsEmpty)
        {
            logger.StartsOver(assignment.ExperimentId, lease.History.Length);
        }

        return checkpoint;
    }
}
