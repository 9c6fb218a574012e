namespace Experiments.Training.Checkpoints;

/// <summary>A file that is not a well-formed safetensors file of 32-bit floats.</summary>
public sealed class SafetensorsException(string message) : Exception(Short(message))
{
    private const int Longest = 400;

    /// <summary>A name or a number of a malformed file may be as long as the file.</summary>
    private static string Short(string message) => message.Length <= Longest ? message : $"{message.AsSpan(0, Longest)}…";
}
