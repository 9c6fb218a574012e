using System.Diagnostics;
using Experiments.Grains.Telemetry;

namespace Experiments.Grains.Experiments;

/// <summary>What an experiment tells of its leases, once it has persisted them.</summary>
internal static class LeaseTelemetry
{
    /// <summary>A slot has the experiment, which had waited for one.</summary>
    public static void Begun(ExperimentState state, DateTimeOffset now)
    {
        // Clocks of two machines may differ.
        var pending = state.PendingSince ?? state.Assignment!.SubmittedAt ?? now;
        var since = pending < now ? pending : now;
        Instruments.QueueWait.Record((now - since).TotalSeconds);
        using var queue = ExperimentTrace.Below(state.Trace, "queue", since, state.Assignment!, state.Lease, state.Slot!.Silo.ToParsableString());
        queue?.SetEndTime(now.UtcDateTime);
    }

    /// <summary>An attempt is over, however it came to that.</summary>
    /// <param name="lease">The lease's part of the trace.</param>
    public static void Ended(Attempt attempt, ExperimentAssignment assignment, string? lease)
    {
        var outcome = attempt.Outcome!.Value;
        Instruments.CountAttempt(outcome);
        using var train = ExperimentTrace.Below(lease, "train", attempt.From, assignment, attempt.Lease, attempt.Silo);
        train?.SetTag(Attributes.Outcome, outcome.ToString()).SetTag(Attributes.Epochs, attempt.EpochsAfter).SetEndTime(attempt.To!.Value.UtcDateTime);
        if (attempt.Error is { } error)
        {
            train?.SetStatus(ActivityStatusCode.Error, error);
        }
    }
}
