using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>Reads what experiments are made of: values under <c>split</c>, <c>training</c> and <c>dropout</c>, and matrices of them.</summary>
internal sealed class SettingsReader(Overrides overrides, FaultList faults)
{
    private readonly ValueReader _values = new(faults);

    private static ImmutableArray<string> Keys { get; } = [.. Settings.OfExperiment.Select(setting => setting.Key)];

    /// <summary>The values of a section, such as <c>training</c>; none where the owner does not have it.</summary>
    public ImmutableArray<Choice> ReadSection(YamlMap owner, string section)
    {
        if (owner.Find(section) is not { } entry || overrides.Over(section) is not null) return [];

        if (Settings.OfExperiment.FirstOrDefault(setting => setting.Key == section) is { } whole && entry.Value is not YamlMap)
            return [.. Read(whole with { Wanted = $"{whole.Wanted}, for all four layers, or a map of {string.Join(", ", PartsOf(section))}" }, entry.Value)];

        return _values.Map(section, entry.Value, PartsOf(section)) is { } map
            ? [.. map.Entries.SelectMany(part => Read(Find($"{section}.{part.Key}"), part.Value))]
            : [];
    }

    /// <summary>The axes of the owner's matrix, in the order of the file; none where it has none.</summary>
    public ImmutableArray<Axis> ReadMatrix(YamlMap owner) =>
        owner.Find("matrix") is { } entry && _values.Map("matrix", entry.Value, Keys) is { } matrix
            ? [.. matrix.Entries.Select(ReadAxis).OfType<Axis>()]
            : [];

    /// <summary>
    /// The axes, without those that another sets too, which are noted: <c>dropout</c> covers each of its rates, and an experiment's matrix
    /// may hold a key of the grid's.
    /// </summary>
    public ImmutableArray<Axis> Apart(ImmutableArray<Axis> matrix)
    {
        var apart = ImmutableArray.CreateBuilder<Axis>();
        foreach ((int index, Axis axis) in matrix.Index())
        {
            if (matrix.Where((other, at) => other.Key == axis.Key ? at > index : Find(other.Key)!.Covers(axis.Key)).FirstOrDefault() is { } other)
                faults.Add(axis.Place, FormattableString.Invariant($"matrix.{axis.Key}: the matrix key {other.Key} in line {other.Place.Line} sets it too; keep one."));
            else
                apart.Add(axis);
        }

        return apart.ToImmutable();
    }

    private Axis? ReadAxis(YamlEntry entry)
    {
        if (Find(entry.Key) is not { } setting) return null;

        if (overrides.Over(entry.Key) is { } pin && setting.Parse(pin.Text) is { } pinned)
            return new Axis(entry.Key, entry.Place, [new Choice(entry.Key, pinned.Text, pin.Place, pinned.Set)]);

        if (_values.List($"matrix.{entry.Key}", entry.Value, $"a list of values, each {setting.Wanted}") is not { } list) return null;

        var choices = new OrderedDictionary<string, Choice>(StringComparer.Ordinal);
        foreach (Choice choice in list.Items.SelectMany(item => Read(setting, item)))
        {
            if (!choices.TryAdd(choice.Text, choice))
                faults.Add(choice.Place, $"matrix.{entry.Key}: {choice.Text} is listed twice; keep one.");
        }

        return new Axis(entry.Key, entry.Place, [.. choices.Values]);
    }

    /// <returns>The choice; none where the key is unknown, set by the command line, or its value wrong.</returns>
    private IEnumerable<Choice> Read(Setting<ExperimentConfig>? setting, YamlNode value)
    {
        if (setting is not null && overrides.Over(setting.Key) is null && _values.Number(setting, value) is { } parsed)
            yield return new Choice(setting.Key, parsed.Text, value.Place, parsed.Set);
    }

    private static Setting<ExperimentConfig>? Find(string key) => Settings.OfExperiment.FirstOrDefault(setting => setting.Key == key);

    private static string[] PartsOf(string section) =>
        [.. Keys.Where(key => key.StartsWith(section + ".", StringComparison.Ordinal)).Select(NearestKey.LastPart)];
}
