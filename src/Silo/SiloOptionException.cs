namespace Experiments.Silo;

/// <summary>An option of the silo's cannot be used; the message names it and the remedy.</summary>
public sealed class SiloOptionException(string message) : Exception(message);
