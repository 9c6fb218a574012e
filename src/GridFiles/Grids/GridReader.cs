using System.Collections.Immutable;
using System.Globalization;

namespace Experiments.GridFiles;

/// <summary>Reads a grid off the root of its file, and notes all that is wrong with it.</summary>
internal sealed class GridReader
{
    private const int MostExperiments = 100_000;

    private static readonly string[] Keys =
        ["name", "dataset", "split", "training", "experiments", "matrix", .. Settings.OfGrid.Select(setting => setting.Key)];

    private readonly string? _folder;
    private readonly Overrides _overrides;
    private readonly FaultList _faults;
    private readonly ValueReader _values;
    private readonly SettingsReader _settings;

    /// <param name="folder">What relative paths are relative to; null where the user's files are elsewhere.</param>
    /// <param name="overrides">What the command line says.</param>
    /// <param name="faults">Where faults go.</param>
    public GridReader(string? folder, Overrides overrides, FaultList faults)
    {
        (_folder, _overrides, _faults) = (folder, overrides, faults);
        _values = new ValueReader(faults);
        _settings = new SettingsReader(overrides, faults);
    }

    /// <returns>The plan; what of it was wrong is left out, and noted.</returns>
    public GridPlan? Read(YamlNode? root)
    {
        if (root is null or YamlScalar { IsNull: true })
        {
            _faults.Add(Place.WholeFile, "is empty; a grid wants name, dataset and experiments.");
            return null;
        }

        if (root is YamlMap written) root = _overrides.ApplyTo(written);
        if (_values.Map("", root, Keys, "name", "dataset", "experiments") is not { } map) return null;

        string? name = map.Find("name") is { } named ? _values.Name("name", named.Value) : null;
        DatasetReference? dataset = map.Find("dataset") is { } described ? new DatasetReader(_folder, _faults).Read(described.Value) : null;
        var grid = new GridDefinition { Name = name ?? "", Dataset = dataset ?? new DatasetReference { Name = "" }, Experiments = [] };
        foreach (var setting in Settings.OfGrid)
        {
            if (map.Find(setting.Key) is { } entry && _values.Value(setting, entry.Value) is { } parsed) grid = parsed.Set(grid);
        }

        ImmutableArray<Choice> values = [.. _settings.ReadSection(map, "split"), .. _settings.ReadSection(map, "training")];
        ImmutableArray<Axis> matrix = _settings.Apart(_settings.ReadMatrix(map));
        return new GridPlan(
            grid,
            ReadExperiments(map, values, matrix),
            map.Find("dataset")?.Value.Place ?? map.Place,
            map.Find("split")?.Place ?? map.Place,
            map.Find("training")?.Place ?? map.Place);
    }

    private ImmutableArray<ExperimentPlan> ReadExperiments(YamlMap grid, ImmutableArray<Choice> values, ImmutableArray<Axis> matrix)
    {
        if (grid.Find("experiments") is not { } entry
            || _values.List("experiments", entry.Value, "a list of experiments, each with a name") is not { } list) return [];

        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        var plans = ImmutableArray.CreateBuilder<ExperimentPlan>();
        foreach (ExperimentPlan plan in list.Items.Select(item => ReadExperiment(item, values, matrix)).OfType<ExperimentPlan>())
        {
            if (places.TryAdd(plan.Name, plan.Place)) plans.Add(plan);
            else _faults.Add(plan.Place, $"experiments.name: '{plan.Name}' is the name of the experiment in line {places[plan.Name].Line} too; give each its own.");
        }

        var count = Expansion.Count(plans);
        if (count > MostExperiments)
        {
            _faults.Add(entry.Place, string.Create(CultureInfo.InvariantCulture,
                $"experiments: come to {count:N0} with every matrix expanded; at most {MostExperiments:N0} are allowed in a grid."));
            return [];
        }

        return plans.ToImmutable();
    }

    private ExperimentPlan? ReadExperiment(YamlNode node, ImmutableArray<Choice> values, ImmutableArray<Axis> matrix)
    {
        if (_values.Map("experiments", node, ["name", "training", "dropout", "matrix"], "name") is not { } map) return null;

        string? name = map.Find("name") is { } named ? _values.Name("experiments.name", named.Value) : null;
        ImmutableArray<Choice> own = [.. _settings.ReadSection(map, "training"), .. _settings.ReadSection(map, "dropout")];
        ImmutableArray<Axis> ownAndGrids = _settings.Apart([.. _settings.ReadMatrix(map), .. matrix]);
        return name is null
            ? null
            : new ExperimentPlan(name, map.Find("name")!.Value.Place, [.. values, .. own], ownAndGrids, _overrides.Pinned);
    }
}
