using System.Net;
using Experiments.Grains.Execution;

namespace Experiments.Silo;

/// <summary>A silo of a cluster whose members find each other, and keep all they know, in one PostgreSQL database.</summary>
public sealed record ClusterSiloOptions
{
    /// <summary>Of the database: host, database, user.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Experiments trained at once, each on one core; 0 for a silo that only serves.</summary>
    public int Slots { get; init; } = Environment.ProcessorCount;

    /// <summary>How long a training may go on inside an epoch without a checkpoint.</summary>
    public TimeSpan CheckpointEvery { get; init; } = new TrainingOptions().CheckpointEvery;

    /// <summary>Where the other silos and the clients reach this one.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>For the other silos.</summary>
    public required int SiloPort { get; init; }

    /// <summary>For clients.</summary>
    public required int GatewayPort { get; init; }

    /// <summary>Where Fashion-MNIST is to be taken from; null to find or fetch it.</summary>
    public string? DataFolder { get; init; }
}
