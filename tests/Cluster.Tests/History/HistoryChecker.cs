using System.Collections.Immutable;
using System.Globalization;
using Experiments.Training.Checkpoints;

namespace Experiments.Cluster.Tests.History;

/// <summary>
/// Judges what a cluster did to its experiments: no committed epoch is lost, none is committed twice or under a lease that a newer one
/// had fenced, each has a checkpoint of it or of a later one before it counts, and what comes out is what an undisturbed training gives, to the bit.
/// </summary>
internal static class HistoryChecker
{
    private static readonly Undisturbed NothingTrained = new([], WeightsSha256: "");

    /// <param name="events">All changes in the database, in their order.</param>
    /// <param name="seen">Epochs that a reader has seen committed.</param>
    /// <param name="left">Epochs that the database holds now.</param>
    /// <param name="weights">By experiment, the SHA-256 of the weights in its newest checkpoint.</param>
    /// <param name="undisturbed">By the experiment's name; of one that is not there no epoch may be committed.</param>
    /// <returns>What is wrong, a sentence each; empty where nothing is.</returns>
    public static ImmutableArray<string> Violations(
        ImmutableArray<HistoryEvent> events,
        IReadOnlyDictionary<(string ExperimentId, EpochMetrics Metrics), DateTimeOffset> seen,
        ImmutableArray<(string ExperimentId, EpochMetrics Metrics)> left,
        IReadOnlyDictionary<string, string> weights,
        IReadOnlyDictionary<string, Undisturbed> undisturbed)
    {
        var names = events.OfType<HistoryEvent.RowWritten>().DistinctBy(row => row.ExperimentId).ToDictionary(row => row.ExperimentId, row => row.Name);
        return
        [
            .. seen.Where(sighting => !left.Contains(sighting.Key)).Select(sighting => string.Create(
                CultureInfo.InvariantCulture,
                $"{sighting.Key.ExperimentId}: epoch {sighting.Key.Metrics.Epoch} was seen at {sighting.Value:HH:mm:ss.fff}, and is lost.")),
            .. events.GroupBy(change => change.ExperimentId).SelectMany(changes => Violations(
                changes.Key, [.. changes], [.. left.Where(epoch => epoch.ExperimentId == changes.Key).Select(epoch => epoch.Metrics)],
                weights.GetValueOrDefault(changes.Key), undisturbed.GetValueOrDefault(names[changes.Key]) ?? NothingTrained)),
        ];
    }

    private static IEnumerable<string> Violations(
        string id, ImmutableArray<HistoryEvent> events, ImmutableArray<EpochMetrics> left, string? weights, Undisturbed undisturbed)
    {
        var experiment = new ExperimentReplay();
        foreach (var change in events)
        {
            experiment.Apply(change);
        }

        if (!experiment.Committed.SequenceEqual(left.OrderBy(epoch => epoch.Epoch)))
        {
            experiment.Faults.Add($"{left.Length} epochs are there, and {experiment.Committed.Count} were committed.");
        }

        foreach (var (epoch, expected) in experiment.Committed.Zip(undisturbed.History).Where(pair => !IsSame(pair.First, pair.Second)))
        {
            experiment.Faults.Add($"epoch {epoch.Epoch} came out as {epoch}, and undisturbed as {expected}.");
        }

        bool completed = experiment.Status == ExperimentStatus.Completed;
        if (completed ? experiment.Committed.Count != undisturbed.History.Length : experiment.Committed.Count > undisturbed.History.Length)
        {
            experiment.Faults.Add($"it is {experiment.Status} with {experiment.Committed.Count} epochs of {undisturbed.History.Length}.");
        }

        if (completed && weights != undisturbed.WeightsSha256)
        {
            experiment.Faults.Add($"its final weights are {weights ?? "gone"}, and undisturbed {undisturbed.WeightsSha256}.");
        }

        return experiment.Faults.Concat(experiment.StrayCheckpoints()).Select(fault => $"{id}: {fault}");
    }

    /// <summary>Seconds differ each time.</summary>
    private static bool IsSame(EpochMetrics one, EpochMetrics other) => HistoryHash.Of([one]) == HistoryHash.Of([other]);
}
