namespace Experiments.Grains.Storage.Migration;

/// <summary>The cluster's database holds something else of a grid than was sent to it; the grid was not copied.</summary>
public sealed class CopyDiffersException(string grid, string what)
    : Exception($"Grid {grid}: {what}. Nothing of it is kept in the cluster. Check the network and the server's disk, and migrate again.");
