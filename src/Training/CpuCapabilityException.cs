namespace Experiments.Training;

/// <summary>EXPERIMENTS_CPU_CAPABILITY asks for what this machine has not; the message names what it has.</summary>
public sealed class CpuCapabilityException(string message) : Exception(message);
