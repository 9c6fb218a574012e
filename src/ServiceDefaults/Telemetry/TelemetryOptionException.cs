namespace Experiments.ServiceDefaults.Telemetry;

/// <summary>One of OpenTelemetry's variables cannot be used; the message names it and the remedy.</summary>
public sealed class TelemetryOptionException(string message) : Exception(message);
