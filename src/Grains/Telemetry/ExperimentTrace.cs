using System.Diagnostics;

namespace Experiments.Grains.Telemetry;

/// <summary>
/// The trace of one experiment, over all its attempts, silos and years: <c>experiment</c> at its root, which links to the submit that it came
/// with, below it a <c>queue</c> and a <c>lease</c> for each attempt, and below the lease what the slot does, and at last <c>train</c>, which
/// tells how the attempt ended. A span reaches its receiver when it ends, and one that a killed silo had open never does; so whatever has
/// others below it is short, and those that take hours have none.
/// </summary>
/// <remarks>Where nobody collects traces all are null. Contexts are kept as W3C's traceparent.</remarks>
internal static class ExperimentTrace
{
    /// <summary>Begins the root, which lasts from the submit to the first lease.</summary>
    public static Activity? Begin(ExperimentAssignment assignment, DateTimeOffset now)
    {
        if (!Instruments.Source.HasListeners())
        {
            return null;
        }

        ActivityLink[] links = ActivityContext.TryParse(assignment.SubmitTrace, traceState: null, isRemote: true, out var submit) ? [new ActivityLink(submit)] : [];
        // What brought the experiment's grain here is the work of a slot, not what it is part of.
        Activity.Current = null;
        return Instruments.Source.StartActivity("experiment", ActivityKind.Internal, default(ActivityContext), Tags(assignment), links, assignment.SubmittedAt ?? now);
    }

    /// <summary>Begins a span below another one.</summary>
    /// <param name="parent">The root, or a lease.</param>
    public static Activity? Below(string? parent, string name, DateTimeOffset from, ExperimentAssignment assignment, long lease, string silo) =>
        ActivityContext.TryParse(parent, traceState: null, isRemote: true, out var context)
            ? Instruments.Source.StartActivity(
                name, ActivityKind.Internal, context, [.. Tags(assignment), new(Attributes.Lease, lease), new(Attributes.Silo, silo)], links: null, from)
            : null;

    /// <summary>The trace of a context that is sent to a receiver; null for one that is not sampled, or none.</summary>
    public static string? SentId(string? context) =>
        ActivityContext.TryParse(context, traceState: null, out var trace) && trace.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? trace.TraceId.ToHexString() : null;

    private static KeyValuePair<string, object?>[] Tags(ExperimentAssignment assignment) =>
    [
        new(Attributes.Experiment, assignment.ExperimentId),
        new(Attributes.ExperimentName, assignment.Definition.Name),
        new(Attributes.Variant, assignment.Definition.Variant),
        new(Attributes.Grid, assignment.GridName),
        new(Attributes.GridId, assignment.GridId),
    ];
}
