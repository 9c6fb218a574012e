using Experiments.Silo;

namespace Experiments.Client.Sessions;

/// <summary>What a verb works on: the local storage or a cluster; the other is null.</summary>
/// <param name="Cluster">Connection string of its database.</param>
internal sealed record Target(LocalStorage? Storage, string? Cluster)
{
    /// <param name="storage">The user's --storage.</param>
    /// <param name="cluster">The user's --cluster.</param>
    /// <exception cref="UsageException">Both are given.</exception>
    public static Target Of(string? storage, string? cluster) =>
        Choose(storage, cluster) is { } database ? new Target(null, database) : new Target(LocalStorage.At(storage), null);

    /// <returns>The connection string of the cluster that the user names or the variable does; null where the local storage is meant.</returns>
    /// <inheritdoc cref="Of"/>
    public static string? Choose(string? storage, string? cluster) => (storage, cluster) switch
    {
        (not null, not null) => throw new UsageException("--cluster and --storage: give one of them."),
        (not null, null) => null,
        _ => (cluster ?? Environment.GetEnvironmentVariable("EXPERIMENTS_CLUSTER")) is { Length: > 0 } given ? given : null,
    };
}
