using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Experiments.Client.Sessions;

namespace Experiments.Client.Watching;

/// <summary>Follows a grid until nothing of it is pending or running.</summary>
internal static class GridWatch
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    /// <summary>The grid and all its rows, now and twice a second; the last one has a status other than Running.</summary>
    /// <exception cref="UsageException">The grid is gone.</exception>
    public static async IAsyncEnumerable<GridSnapshot> Follow(IGridGrain grid, [EnumeratorCancellation] CancellationToken stop)
    {
        var rows = new Dictionary<string, int>();
        var all = ImmutableArray.CreateBuilder<ExperimentRow>();
        long version = 0;
        while (true)
        {
            // What changed alone travels, however large the grid is.
            var changes = await grid.GetSnapshot(since: version, stop) ?? throw new UsageException("The grid no longer exists.");
            version = changes.Version;
            foreach (var row in changes.Experiments)
            {
                if (rows.TryAdd(row.Id, all.Count))
                {
                    all.Add(row);
                }
                else
                {
                    all[rows[row.Id]] = row;
                }
            }

            yield return changes with { Experiments = all.ToImmutable() };
            if (changes.Grid.Status != GridStatus.Running)
            {
                yield break;
            }

            await Task.Delay(Poll, stop);
        }
    }
}
