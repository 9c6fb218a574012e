using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Experiments.Dashboard.Live;
using Experiments.Dashboard.Shell;

namespace Experiments.Dashboard.Grids;

/// <summary>What was chosen of a grid as it was last heard of, kept with it for all who ask the same: choosing of 10,000 experiments takes milliseconds.</summary>
internal static class ChosenExperiments
{
    /// <summary>Questions that are kept of a view; who asks others waits for them each time.</summary>
    private const int Most = 64;

    private static readonly ConditionalWeakTable<GridView, ConcurrentDictionary<(string Filter, TableSort Sort, string? Only), Lazy<ImmutableArray<ExperimentRow>>>> Kept = [];

    /// <param name="question">All that <paramref name="choose"/> depends on but the view.</param>
    public static ImmutableArray<ExperimentRow> Of(GridView view, (string Filter, TableSort Sort, string? Only) question, Func<ImmutableArray<ExperimentRow>> choose)
    {
        var kept = Kept.GetOrCreateValue(view);
        return kept.Count < Most || kept.ContainsKey(question) ? kept.GetOrAdd(question, _ => new(choose)).Value : choose();
    }
}
