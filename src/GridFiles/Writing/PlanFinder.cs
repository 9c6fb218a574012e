using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>
/// Finds a file that expands to given experiments: by the values in their names, the longest runs of them that one matrix makes.
/// </summary>
internal sealed class PlanFinder
{
    private const string Seed = "training.seed";
    private const int MostSplits = 20;

    private readonly ImmutableArray<ExperimentDefinition> _experiments;
    private readonly ImmutableArray<string> _keys;
    private readonly SplitConfig _split;
    private readonly bool _isWordy;
    private readonly HashSet<string> _kept;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<ExperimentConfig, string> _variants = [];
    private readonly ImmutableArray<WrittenPlan>.Builder _plans = ImmutableArray.CreateBuilder<WrittenPlan>();

    /// <param name="keys">Those that a matrix of the grid may have.</param>
    /// <param name="split">The grid's.</param>
    /// <param name="isWordy">Whether, of runs as long, that of the longer matrix is taken: a shorter one may have the name that another needs.</param>
    /// <param name="kept">Names that only the experiments which have them may have in the file, where none repeats.</param>
    private PlanFinder(ImmutableArray<ExperimentDefinition> experiments, ImmutableArray<string> keys, SplitConfig split, bool isWordy, IEnumerable<string> kept) =>
        (_experiments, _keys, _split, _isWordy, _kept) = (experiments, keys, split, isWordy, kept.ToHashSet(StringComparer.Ordinal));

    /// <param name="experiments">At least one; names are unique.</param>
    public static ImmutableArray<WrittenPlan> Find(ImmutableArray<ExperimentDefinition> experiments)
    {
        var keys = ConfigText.Keys(experiments.Select(experiment => experiment.Config));
        var splits = Splits(experiments, keys);
        foreach (var (split, isWordy) in splits.SelectMany(_ => (bool[])[false, true], (split, isWordy) => (split, isWordy)))
        {
            var finder = new PlanFinder(experiments, keys, split, isWordy, []);
            if (finder.FindAll()) return finder._plans.ToImmutable();
        }

        // Of several files: a matrix of one may have taken the name that an experiment of another has.
        var last = new PlanFinder(experiments, keys, splits[0], isWordy: false, experiments.Select(experiment => experiment.Name));
        last.FindAll();
        return last._plans.ToImmutable();
    }

    /// <summary>What the grid's split may be, the likeliest first: an experiment whose name does not tell a value of its split has the grid's.</summary>
    private static ImmutableArray<SplitConfig> Splits(ImmutableArray<ExperimentDefinition> experiments, ImmutableArray<string> keys)
    {
        var likeliest = new SplitConfig { Validation = Untold("split.validation").Validation, Seed = Untold("split.seed").Seed };
        var seeds = experiments.Select(experiment => experiment.Config.Split.Seed).Distinct();
        var any = experiments.Select(experiment => experiment.Config.Split.Validation).Distinct().SelectMany(_ => seeds, (share, seed) => new SplitConfig { Validation = share, Seed = seed });
        return [.. any.Prepend(likeliest).Distinct().Take(MostSplits)];

        SplitConfig Untold(string key) =>
            (experiments.FirstOrDefault(experiment => !NameParts.Of(experiment, keys).Any(parts => parts.Keys.Contains(key))) ?? experiments[0]).Config.Split;
    }

    /// <returns>Whether all comes out the same.</returns>
    private bool FindAll()
    {
        bool isExact = true;
        for (int at = 0; at < _experiments.Length;)
        {
            var run = Best(at);
            isExact &= IsExact(run, at) && !_taken.Contains(run.Plan.Name) && run.Parts.With(_experiments[at].Config) == _experiments[at].Name;
            Keep(run, at);
            at += run.Count;
        }

        return isExact;
    }

    private Run Best(int at)
    {
        var first = _experiments[at];
        var runs = NameParts.Of(first, _keys)
            .Where(parts => !_taken.Contains(parts.Name) && (parts.Keys.IsEmpty || !_kept.Contains(parts.Name)))
            .Where(parts => parts.Keys.Any(IsOfSplit) || first.Config.Split == _split)
            .Select(parts => LongestOf(parts, at))
            .Where(run => IsSplitSaid(run.Plan));
        return runs.OrderByDescending(run => IsExact(run, at)).ThenByDescending(run => run.Count).ThenBy(run => _isWordy ? -run.Parts.Keys.Length : run.Parts.Keys.Length).FirstOrDefault()
            ?? WithItsSplit(first);
    }

    /// <summary>The longest run from here on that is a product of values, the last key changing fastest.</summary>
    private Run LongestOf(NameParts parts, int at)
    {
        var axes = new WrittenAxis[parts.Keys.Length];
        int count = 1;
        for (int axis = axes.Length - 1; axis >= 0; axis--)
        {
            var values = new List<string> { ValueOf(axis, at)! };
            for (int next = at + count; IsNextRow(next, axis) && !values.Contains(ValueOf(axis, next)!); next += count) values.Add(ValueOf(axis, next)!);
            axes[axis] = new WrittenAxis(parts.Keys[axis], [.. values]);
            count *= values.Count;
        }

        return new Run(parts, new WrittenPlan(parts.Name, [.. axes], _experiments[at].Config), count);

        string? ValueOf(int axis, int index) => ConfigText.Of(_experiments[index].Config, parts.Keys[axis]);

        // A row repeats the first one but for the value of the axis.
        bool IsNextRow(int row, int axis) => row + count <= _experiments.Length
            && Enumerable.Range(0, count).All(column => IsOfPlan(row + column)
                && ValueOf(axis, row + column) == ValueOf(axis, row)
                && Enumerable.Range(0, axes.Length).Where(other => other != axis).All(other => ValueOf(other, row + column) == ValueOf(other, other < axis ? at : at + column)));

        bool IsOfPlan(int index) => parts.With(_experiments[index].Config) == _experiments[index].Name
            && ConfigText.Single.Where(key => !parts.Keys.Any(axis => ConfigText.Covers(axis, key.Name))).All(key => key.Text(_experiments[index].Config) == key.Text(_experiments[at].Config))
            && IsOfModel(_experiments[index].Config, _experiments[at].Config);

        bool IsOfModel(ExperimentConfig config, ExperimentConfig first) => Equals(config.Model, first.Model)
            || ConfigKey.Of([config, first]).Where(key => SectionYaml.IsOfModel(key.Name) && !parts.Keys.Contains(key.Name)).All(key => key.Text(config) == key.Text(first));
    }

    /// <summary>Whether experiments come out in their variants: as the first of the same configuration, but for the seed, says.</summary>
    private bool IsExact(Run run, int at)
    {
        var own = new Dictionary<ExperimentConfig, string>();
        foreach (var experiment in _experiments.AsSpan(at, run.Count))
        {
            var config = ExpandedExperiment.WithoutSeedOf(experiment.Config);
            string variant = _variants.GetValueOrDefault(config) ?? own.GetValueOrDefault(config) ?? run.Parts.With(experiment.Config, without: Seed)!;
            if (variant != experiment.Variant) return false;
            own.TryAdd(config, variant);
        }

        return true;
    }

    private void Keep(Run run, int at)
    {
        _plans.Add(run.Plan);
        _taken.Add(run.Plan.Name);
        foreach (var experiment in _experiments.AsSpan(at, run.Count))
            _variants.TryAdd(ExpandedExperiment.WithoutSeedOf(experiment.Config), run.Parts.With(experiment.Config, without: Seed)!);
    }

    private bool IsSplitSaid(WrittenPlan plan) => ConfigText.Single.Where(key => IsOfSplit(key.Name) && !plan.IsAxis(key.Name))
        .All(key => key.Text(plan.Config) == key.Text(new ExperimentConfig { Split = _split }));

    /// <summary>Of an experiment that joined a grid of another split: no file of one grid says it but by a matrix, which shows in its name.</summary>
    private Run WithItsSplit(ExperimentDefinition experiment)
    {
        ImmutableArray<string> keys = [.. _keys.Where(IsOfSplit)
            .Where(key => ConfigText.Of(experiment.Config, key) != ConfigText.Of(new ExperimentConfig { Split = _split }, key))];
        var parts = new NameParts(experiment.Name, keys);
        return new Run(parts, new WrittenPlan(experiment.Name, [.. keys.Select(key => new WrittenAxis(key, [ConfigText.Of(experiment.Config, key)!]))], experiment.Config), 1);
    }

    private static bool IsOfSplit(string key) => SectionYaml.IsIn("split", key);

    /// <param name="Count">Experiments that the plan makes.</param>
    private sealed record Run(NameParts Parts, WrittenPlan Plan, int Count);
}
