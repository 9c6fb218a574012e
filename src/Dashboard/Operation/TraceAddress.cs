namespace Experiments.Dashboard.Operation;

/// <summary>Where the user's own tool shows a trace, such as Jaeger's http://localhost:16686/trace/{id}.</summary>
internal sealed class TraceAddress
{
    private const string Id = "{id}";

    private readonly string _template;

    /// <exception cref="DashboardOptionException">It is no web address, or has no place for the trace's id.</exception>
    public TraceAddress(string template)
    {
        bool isAddress = Uri.TryCreate(template, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";
        _template = isAddress && template.Contains(Id, StringComparison.Ordinal)
            ? template
            : throw new DashboardOptionException($"--traces {template}: give the address at which a trace is shown, with {Id} for its id, such as http://localhost:16686/trace/{Id}.");
    }

    public string Of(string trace) => _template.Replace(Id, trace, StringComparison.Ordinal);
}
