namespace Experiments.Grains.Storage;

/// <summary>A report came under a lease that a newer one has fenced off; nothing of it was written.</summary>
[GenerateSerializer, Alias("Experiments.LeaseLostException")]
public sealed class LeaseLostException(string experimentId, long lease)
    : Exception($"Lease {lease} of experiment '{experimentId}' is lost: a newer lease has written. The slot that holds the older one must stop.")
{
    [Id(0)] public string ExperimentId { get; } = experimentId;

    [Id(1)] public long Lease { get; } = lease;
}
