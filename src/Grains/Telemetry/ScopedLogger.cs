using Microsoft.Extensions.Logging;

namespace Experiments.Grains.Telemetry;

/// <summary>Adds to every record of what, and by whom, it is, under the names that spans have for it: for those who search the logs of many silos.</summary>
internal sealed class ScopedLogger(ILogger logger, IReadOnlyList<KeyValuePair<string, object?>> scope) : ILogger
{
    /// <param name="trace">Of the experiment, as W3C's traceparent; null where it is not traced.</param>
    public static ScopedLogger OfExperiment(ILogger logger, ExperimentAssignment assignment, long lease, SiloAddress? silo, string? trace) => new(
        logger,
        [
            new(Attributes.Experiment, assignment.ExperimentId),
            new(Attributes.ExperimentName, assignment.Definition.Name),
            new(Attributes.Grid, assignment.GridName),
            new(Attributes.Lease, lease),
            new(Attributes.Silo, silo?.ToParsableString()),
            new("traceparent", trace),
        ]);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logger.IsEnabled(logLevel))
        {
            using var _ = logger.BeginScope(scope);
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
