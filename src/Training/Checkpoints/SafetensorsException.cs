namespace Experiments.Training.Checkpoints;

/// <summary>A file that is not a well-formed safetensors file of 32-bit floats.</summary>
public sealed class SafetensorsException(string message) : Exception(message);
