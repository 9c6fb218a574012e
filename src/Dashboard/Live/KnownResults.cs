using System.Collections.Concurrent;

namespace Experiments.Dashboard.Live;

/// <summary>One kind of result of a grid's experiments, of which each is asked for once.</summary>
internal sealed class KnownResults<T>
    where T : class
{
    private readonly ConcurrentDictionary<(string Id, int Epochs), T> _known = new();

    /// <param name="read">Asks for it; null where there is none yet.</param>
    public async Task<T?> Of(ExperimentRow row, Func<Task<T?>> read)
    {
        // More epochs make another result.
        var key = (row.Id, row.Last?.Epoch ?? 0);
        return _known.TryGetValue(key, out var known) ? known
            : await read() is { } result ? _known[key] = result
            : null;
    }

    public void Forget() => _known.Clear();
}
