using Microsoft.Extensions.Logging;

namespace Experiments.Grains;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Experiment {Experiment} ({Grid}/{Name}) trains under lease {Lease}, after epoch {Epochs} of {Last}.")]
    public static partial void AttemptBegins(this ILogger logger, string experiment, string grid, string name, long lease, int epochs, int last);

    [LoggerMessage(2, LogLevel.Information, "Experiment {Experiment} trains no more: {Outcome}.")]
    public static partial void AttemptEnds(this ILogger logger, string experiment, string outcome);

    [LoggerMessage(3, LogLevel.Warning, "Experiment {Experiment}: lease {Lease} of silo {Silo} has ended; the experiment goes back to the queue.")]
    public static partial void LeaseEnded(this ILogger logger, string experiment, long lease, string silo);

    [LoggerMessage(4, LogLevel.Warning, "Experiment {Experiment}: checkpoint {Checkpoint} is damaged and passed over: {Reason}")]
    public static partial void CheckpointDamaged(this ILogger logger, string experiment, string checkpoint, string reason);

    [LoggerMessage(5, LogLevel.Information, "Experiment {Experiment}: checkpoint {Checkpoint} is not of the committed history and is passed over.")]
    public static partial void CheckpointPassedOver(this ILogger logger, string experiment, string checkpoint);

    [LoggerMessage(18, LogLevel.Information, "Experiment {Experiment}: training goes on from the checkpoint of epoch {Epochs}, batch {Batch}.")]
    public static partial void GoesOn(this ILogger logger, string experiment, int epochs, int batch);

    [LoggerMessage(6, LogLevel.Warning, "Experiment {Experiment}: no checkpoint of its {Epochs} epochs can be read; training starts over, the committed epochs stay.")]
    public static partial void StartsOver(this ILogger logger, string experiment, int epochs);

    [LoggerMessage(7, LogLevel.Warning, "Experiment {Experiment}: epoch {Epoch} came out different when it was trained again; the committed one stays. Was it trained on another kind of processor?")]
    public static partial void EpochDiffers(this ILogger logger, string experiment, int epoch);

    [LoggerMessage(8, LogLevel.Warning, "Experiment {Experiment}: paused, which could not be persisted for want of space.")]
    public static partial void PauseNotPersisted(this ILogger logger, string experiment);

    [LoggerMessage(9, LogLevel.Warning, "Experiment {Experiment}: its row could not be persisted: {Reason}")]
    public static partial void RowNotPersisted(this ILogger logger, string experiment, string reason);

    [LoggerMessage(10, LogLevel.Warning, "Experiment {Experiment}: {What} did not succeed and is tried again: {Reason}")]
    public static partial void TriedAgain(this ILogger logger, string experiment, string what, string reason);

    [LoggerMessage(17, LogLevel.Information, "Experiment {Experiment}: {What} has succeeded after {Seconds:N0} s.")]
    public static partial void Succeeded(this ILogger logger, string experiment, string what, double seconds);

    [LoggerMessage(11, LogLevel.Error, "Experiment {Experiment}: training failed.")]
    public static partial void TrainingFailed(this ILogger logger, Exception exception, string experiment);

    [LoggerMessage(30, LogLevel.Error, "Experiment {Experiment}: {Reason} Slot {Slot} gives up its thread and goes on with another; the experiment is tried again.")]
    public static partial void TrainingHung(this ILogger logger, string experiment, int slot, string reason);

    [LoggerMessage(12, LogLevel.Warning, "Slot {Slot}: no experiment could be taken from the queue, which is asked again: {Reason}")]
    public static partial void QueueUnreachable(this ILogger logger, int slot, string reason);

    [LoggerMessage(13, LogLevel.Warning, "Grid {Grid}: its queue could not be read: {Reason}")]
    public static partial void GridUnreachable(this ILogger logger, string grid, string reason);

    [LoggerMessage(19, LogLevel.Warning, "Whether grids were put into the storage could not be seen: {Reason}")]
    public static partial void GridsNotFound(this ILogger logger, string reason);

    [LoggerMessage(14, LogLevel.Warning, "Experiment {Experiment}: its grid could not be told of its status: {Reason}")]
    public static partial void GridNotTold(this ILogger logger, string experiment, string reason);

    [LoggerMessage(15, LogLevel.Warning, "Experiment {Experiment}: whether a slot still trains it could not be asked: {Reason}")]
    public static partial void LeaseUnchecked(this ILogger logger, string experiment, string reason);

    [LoggerMessage(16, LogLevel.Warning, "The silo could not tell what it trains: {Reason}")]
    public static partial void NotAnnounced(this ILogger logger, string reason);

    [LoggerMessage(40, LogLevel.Information, "Dataset: {Progress}.")]
    public static partial void DatasetProgress(this ILogger logger, string progress);
}
