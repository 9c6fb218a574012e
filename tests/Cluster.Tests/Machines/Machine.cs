namespace Experiments.Cluster.Tests.Machines;

/// <param name="Address">Its own, on its network.</param>
/// <param name="Within">A command that runs the one after it on that machine.</param>
internal sealed record Machine(string Address, IReadOnlyList<string> Within);
