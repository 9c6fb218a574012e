using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Experiments.Grains.Telemetry;

/// <summary>What this project measures of its silo. Durations are in seconds, sizes in bytes.</summary>
internal static class Instruments
{
    private const string Name = "Experiments.Grains";

    private static readonly Meter Meter = new(Name);

    private static readonly InstrumentAdvice<double> Short = Buckets(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30);

    private static readonly InstrumentAdvice<double> Long = Buckets(0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 86_400);

    public static ActivitySource Source { get; } = new(Name);

    public static UpDownCounter<int> SlotLimit { get; } = Meter.CreateUpDownCounter<int>("experiments.slot.limit", "{slot}", "Slots that the silo offers.");

    public static UpDownCounter<int> SlotUsage { get; } = Meter.CreateUpDownCounter<int>("experiments.slot.usage", "{slot}", "Slots that train.");

    public static Gauge<int> QueueDepth { get; } = Meter.CreateGauge<int>("experiments.queue.depth", "{experiment}", "Experiments that wait for a slot; told by the silo that has the queue, 0 by others.");

    public static Histogram<double> QueueWait { get; } =
        Meter.CreateHistogram("experiments.queue.wait.duration", "s", "From when an experiment could be trained to its lease.", tags: null, Long);

    public static Counter<long> Epochs { get; } = Meter.CreateCounter<long>("experiments.epochs", "{epoch}", "Epochs trained.");

    public static Counter<long> Images { get; } = Meter.CreateCounter<long>("experiments.images", "{image}", "Images trained on, each time anew.");

    public static Histogram<double> EpochDuration { get; } =
        Meter.CreateHistogram("experiments.epoch.duration", "s", "Training and validation of an epoch.", tags: null, Long);

    public static Histogram<double> CheckpointDuration { get; } =
        Meter.CreateHistogram("experiments.checkpoint.duration", "s", "From a checkpoint's bytes to its being durable, tries included.", tags: null, Short);

    public static Counter<long> CheckpointBytes { get; } = Meter.CreateCounter<long>("experiments.checkpoint.io", "By", "Bytes of checkpoints stored.");

    private static Counter<long> Attempts { get; } = Meter.CreateCounter<long>("experiments.attempts", "{attempt}", "Attempts that have ended, by their outcome.");

    private static Counter<long> LeasesLost { get; } = Meter.CreateCounter<long>("experiments.leases.lost", "{lease}", "Leases that ended by themselves, by the cause.");

    public static Counter<long> Failures { get; } = Meter.CreateCounter<long>("experiments.failures", "{experiment}", "Experiments that have failed, by the cause.");

    public static Histogram<double> StorageDuration { get; } =
        Meter.CreateHistogram("experiments.storage.operation.duration", "s", "From the question to the answer of the storage, its queue included.", tags: null, Short);

    /// <summary>A silo begins its work. What is counted is 0 from here on, not absent: a first event that began its count would be no increase to who watches that.</summary>
    public static void Begin(int slots)
    {
        SlotLimit.Add(slots);
        SlotUsage.Add(0);
        Epochs.Add(0);
        Images.Add(0);
        CheckpointBytes.Add(0);
        foreach (var outcome in Enum.GetValues<AttemptOutcome>())
        {
            CountAttempt(outcome, attempts: 0);
        }
    }

    /// <summary>Counts an attempt that has ended, and the lease that was lost with it where it was.</summary>
    public static void CountAttempt(AttemptOutcome outcome, int attempts = 1)
    {
        var tag = new KeyValuePair<string, object?>(Attributes.Outcome, outcome.ToString());
        Attempts.Add(attempts, tag);
        if (outcome is AttemptOutcome.SiloLost or AttemptOutcome.SlotSilent or AttemptOutcome.Hung)
        {
            LeasesLost.Add(attempts, tag);
        }
    }

    private static InstrumentAdvice<double> Buckets(params double[] boundaries) => new() { HistogramBucketBoundaries = boundaries };
}
