namespace Experiments.Client;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>An experiment failed, was cancelled or is paused.</summary>
    public const int ExperimentFailed = 1;

    /// <summary>
    /// The doctor found a fault. As with an experiment that failed, what was asked for was done, and its outcome is bad; 3 would not say of which of
    /// several faults it speaks.
    /// </summary>
    public const int FaultFound = 1;

    /// <summary>Bad input or usage.</summary>
    public const int BadInput = 2;

    public const int ClusterUnreachable = 3;

    public const int Interrupted = 130;
}
