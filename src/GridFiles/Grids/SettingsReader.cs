using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>Reads what experiments of one model are made of: values under <c>split</c>, <c>training</c> and <c>dropout</c>, and matrices of them and of layers' values.</summary>
/// <param name="pinned">What goes over what the file says.</param>
/// <param name="axes">Those that were read already, for a matrix may be that of thousands of models.</param>
internal sealed class SettingsReader(ModelPlan model, ImmutableArray<Choice> pinned, Dictionary<(YamlEntry Entry, string Kind), Axis?> axes, FaultList faults)
{
    private readonly ValueReader _values = new(faults);

    private static ImmutableArray<string> Keys { get; } = [.. Settings.OfExperiment.Select(setting => setting.Key), LayerSettings.Any];

    /// <summary>The values of a section, such as <c>training</c>; none where the owner does not have it.</summary>
    public ImmutableArray<Choice> ReadSection(YamlMap owner, string section) =>
        owner.Find(section) is { } entry ? [.. ReadSection(section, entry.Value)] : [];

    /// <summary>The axes of the owner's matrix, in the order of the file; none where it has none.</summary>
    public ImmutableArray<Axis> ReadMatrix(YamlMap owner) =>
        owner.Find("matrix") is { } entry && _values.Map("matrix", entry.Value, isAllowed: IsOfModel, Keys) is { } matrix
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
            if (matrix.Where((other, at) => at != index && IsSetBy(other, at)).FirstOrDefault() is { } other)
                faults.Add(axis.Place, FormattableString.Invariant($"matrix.{axis.Key}: the matrix key {other.Key} in line {other.Place.Line} sets it too; keep one."));
            else
                apart.Add(axis);

            // Of two that set the same, the later one stays.
            bool IsSetBy(Axis other, int at) => other.Covers(axis) && (at > index || !axis.Covers(other));
        }

        return apart.ToImmutable();
    }

    private IEnumerable<Choice> ReadSection(string section, YamlNode node)
    {
        if (Settings.OfExperiment.Where(setting => setting.Key.StartsWith(section + ".", StringComparison.Ordinal)).All(setting => Over(setting) is not null)) return [];

        string[] parts = PartsOf(section);
        if (Find(section) is { } whole && node is not YamlMap)
            return Read(whole with { Wanted = $"{whole.Wanted}{(whole.Sets.Length > 1 ? ", for all four layers" : "")}, or a map of {string.Join(", ", parts)}" }, node);

        return _values.Map(section, node, parts) is { } map ? map.Entries.SelectMany(entry => ReadPart($"{section}.{entry.Key}", entry.Value)) : [];
    }

    private IEnumerable<Choice> ReadPart(string key, YamlNode node) => PartsOf(key).Length > 0 ? ReadSection(key, node) : Read(Find(key), node);

    private Axis? ReadAxis(YamlEntry entry)
    {
        var setting = Find(entry.Key);
        if (setting is null && IsOfModel(entry.Key))
        {
            (setting, string? fault) = model.Find(entry.Key);
            if (setting is null && model.IsWhole) faults.Add(entry.Place, $"matrix.{Shown.Of(entry.Key)}: {fault}");
        }

        if (setting is null) return null;

        var key = (entry, model.KindOf(entry.Key));
        if (!axes.TryGetValue(key, out var axis)) axes.Add(key, axis = ReadAxis(entry, setting));
        return axis;
    }

    private Axis? ReadAxis(YamlEntry entry, Setting<ExperimentConfig> setting)
    {
        if (Over(setting) is { } pin && setting.Parse(pin.Text) is { } parsed)
            return new Axis(entry.Key, entry.Place, [Choice.Of(setting, parsed, pin.Place)]) { Sets = setting.Sets };

        if (_values.List($"matrix.{entry.Key}", entry.Value, $"a list of values, each {setting.Wanted}") is not { } list) return null;

        var choices = new OrderedDictionary<string, Choice>(StringComparer.Ordinal);
        foreach (Choice choice in list.Items.SelectMany(item => Read(setting, item)))
        {
            if (!choices.TryAdd(choice.Text, choice))
                faults.Add(choice.Place, $"matrix.{entry.Key}: {choice.Text} is listed twice; keep one.");
        }

        return new Axis(entry.Key, entry.Place, [.. choices.Values]) { Sets = setting.Sets };
    }

    /// <returns>The choice; none where the key is unknown, set by the command line, or its value wrong.</returns>
    private IEnumerable<Choice> Read(Setting<ExperimentConfig>? setting, YamlNode value)
    {
        if (setting is not null && Over(setting) is null && _values.Value(setting, value) is { } parsed)
            yield return Choice.Of(setting, parsed, value.Place);
    }

    /// <summary>What the command line says of a key, be it of the key itself or of <c>dropout</c> over one of its rates; null where it says nothing.</summary>
    private Choice? Over(Setting<ExperimentConfig> setting) => pinned.LastOrDefault(choice => setting.Sets.All(key => choice.Sets.Contains(key)));

    private static Setting<ExperimentConfig>? Find(string key) => Settings.OfExperiment.FirstOrDefault(setting => setting.Key == key);

    private static bool IsOfModel(string key) => key == ModelReader.Key || key.StartsWith(ModelReader.Key + ".", StringComparison.Ordinal);

    /// <summary>What may stand in a section, in the order of the file: its values, and sections of its own.</summary>
    private static string[] PartsOf(string section) =>
        [.. Keys.Where(key => key.StartsWith(section + ".", StringComparison.Ordinal)).Select(key => key[(section.Length + 1)..].Split('.')[0]).Distinct(StringComparer.Ordinal)];
}
