using System.Collections.Immutable;
using System.Globalization;

namespace Experiments.GridFiles;

/// <summary>Reads a grid off the root of its file, and notes all that is wrong with it.</summary>
internal sealed class GridReader
{
    private const int MostExperiments = 100_000;

    private static readonly string[] Keys =
        ["name", "dataset", "split", "training", "model", "experiments", "matrix", .. Settings.OfGrid.Select(setting => setting.Key)];

    private readonly string? _folder;
    private readonly Overrides _overrides;
    private readonly FaultList _faults;
    private readonly ValueReader _values;
    private readonly ModelReader _models;
    private readonly Dictionary<(YamlEntry Entry, string Kind), Axis?> _axes = [];

    /// <param name="folder">What relative paths are relative to; null where the user's files are elsewhere.</param>
    /// <param name="overrides">What the command line says.</param>
    /// <param name="faults">Where faults go.</param>
    public GridReader(string? folder, Overrides overrides, FaultList faults)
    {
        (_folder, _overrides, _faults) = (folder, overrides, faults);
        _values = new ValueReader(faults);
        _models = new ModelReader(faults);
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

        var model = map.Find(ModelReader.Key) is { } modelled ? _models.Read(modelled.Value, ModelPlan.BuiltIn) : ModelPlan.BuiltIn;
        var settings = SettingsOf(model, out _);
        ImmutableArray<Choice> values = [.. settings.ReadSection(map, "split"), .. settings.ReadSection(map, "training")];
        var experiments = ReadExperiments(map, model, values);
        if (experiments.IsEmpty) settings.Apart(settings.ReadMatrix(map));
        _overrides.CheckMet([.. experiments.Select(experiment => experiment.Model).DefaultIfEmpty(model).Distinct()], _faults);
        return new GridPlan(
            grid,
            experiments,
            map.Find("dataset")?.Value.Place ?? map.Place,
            map.Find("split")?.Place ?? map.Place,
            map.Find("training")?.Place ?? map.Place);
    }

    private ImmutableArray<ExperimentPlan> ReadExperiments(YamlMap grid, ModelPlan model, ImmutableArray<Choice> values)
    {
        if (grid.Find("experiments") is not { } entry
            || _values.List("experiments", entry.Value, "a list of experiments, each with a name") is not { } list) return [];

        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        var plans = ImmutableArray.CreateBuilder<ExperimentPlan>();
        foreach (ExperimentPlan plan in list.Items.Select(item => ReadExperiment(item, grid, model, values)).OfType<ExperimentPlan>())
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

    private ExperimentPlan? ReadExperiment(YamlNode node, YamlMap grid, ModelPlan gridModel, ImmutableArray<Choice> values)
    {
        if (_values.Map("experiments", node, ["name", "training", "model", "dropout", "matrix"], "name") is not { } map) return null;

        string? name = map.Find("name") is { } named ? _values.Name("experiments.name", named.Value) : null;
        var model = map.Find(ModelReader.Key) is { } modelled ? _models.Read(modelled.Value, gridModel) : gridModel;
        var settings = SettingsOf(model, out var pinned);
        ImmutableArray<Choice> own = [.. settings.ReadSection(map, "training"), .. settings.ReadSection(map, "dropout")];
        ImmutableArray<Axis> matrix = settings.Apart([.. settings.ReadMatrix(map), .. settings.Apart(settings.ReadMatrix(grid))]);
        return name is null
            ? null
            : new ExperimentPlan(name, map.Find("name")!.Value.Place, [.. values, .. model.Choices, .. own], matrix, pinned) { Model = model };
    }

    private SettingsReader SettingsOf(ModelPlan model, out ImmutableArray<Choice> pinned) =>
        new(model, pinned = _overrides.PinnedFor(model, _faults), _axes, _faults);
}
