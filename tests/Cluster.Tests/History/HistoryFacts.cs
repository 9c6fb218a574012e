using System.Collections.Immutable;

namespace Experiments.Cluster.Tests.History;

/// <summary>What tests wait for.</summary>
internal static class HistoryFacts
{
    /// <summary>The last row of each experiment.</summary>
    public static IEnumerable<HistoryEvent.RowWritten> Rows(this ImmutableArray<HistoryEvent> events) =>
        events.OfType<HistoryEvent.RowWritten>().GroupBy(row => row.ExperimentId).Select(rows => rows.Last());

    /// <summary>The rows of experiments that a slot trains.</summary>
    public static IEnumerable<HistoryEvent.RowWritten> Running(this ImmutableArray<HistoryEvent> events) =>
        events.Rows().Where(row => row.Status == ExperimentStatus.Running);

    public static IEnumerable<HistoryEvent.EpochCommitted> Epochs(this ImmutableArray<HistoryEvent> events) => events.OfType<HistoryEvent.EpochCommitted>();

    public static int Epochs(this ImmutableArray<HistoryEvent> events, string experimentId) =>
        events.Epochs().Count(epoch => epoch.ExperimentId == experimentId);

    /// <summary>Ends of epochs that were reached more than once, because a slot went on from before them.</summary>
    public static IEnumerable<HistoryEvent.CheckpointStored> TrainedAgain(this ImmutableArray<HistoryEvent> events) => events
        .OfType<HistoryEvent.CheckpointStored>()
        .Where(checkpoint => checkpoint.Position.Batch == 0)
        .GroupBy(checkpoint => (checkpoint.ExperimentId, checkpoint.Position.CompletedEpochs))
        .SelectMany(checkpoints => checkpoints.Skip(1));
}
