using System.Collections.Concurrent;

namespace Experiments.Grains.Scheduling;

/// <summary>Which grids the queue gives to slots: all, or only those that were submitted since the process began.</summary>
/// <param name="all">Whether grids that an earlier process left unfinished go on by themselves.</param>
internal sealed class ServedGrids(bool all)
{
    private readonly ConcurrentDictionary<string, bool> _submitted = [];

    public void Add(string name) => _submitted[name] = true;

    public bool Contains(string name) => all || _submitted.ContainsKey(name);
}
