using OpenTelemetry.Trace;

namespace Experiments.ServiceDefaults.Telemetry;

/// <summary>
/// A trace begins with work: an experiment, a submit, a request of a browser's. What belongs to none begins no trace: a silo asks the queue and
/// its database all day long, and would bury the work under thousands of such calls. What has a parent follows it.
/// </summary>
/// <remarks>
/// A sampler is not told whose a span is. Ours say with their first attributes what they are of; a request has the name that ASP.NET gives it
/// before its route is known.
/// </remarks>
/// <param name="work">Decides of work.</param>
internal sealed class WorkSampler(Sampler work) : Sampler
{
    private const string OwnAttributes = "experiments.", Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    public static Sampler ParentBased(Sampler work) => new ParentBasedSampler(new WorkSampler(work));

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        IsWork(samplingParameters) ? work.ShouldSample(samplingParameters) : new SamplingResult(SamplingDecision.Drop);

    private static bool IsWork(in SamplingParameters span) =>
        span.Name == Request || span.Tags?.Any(attribute => attribute.Key.StartsWith(OwnAttributes, StringComparison.Ordinal)) == true;
}
