namespace Experiments.Grains.Storage;

/// <summary>A report came under a lease that a newer one has fenced off; nothing of it was written.</summary>
public sealed class LeaseLostException(string experimentId, long lease)
    : Exception($"Lease {lease} of experiment '{experimentId}' is lost: a newer lease has written. The slot that holds the older one must stop.")
{
    public string ExperimentId { get; } = experimentId;

    public long Lease { get; } = lease;
}
