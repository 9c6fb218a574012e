using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>
/// The <c>--set key=value</c> of the command line. Each goes over everything that the file says of its key: the grid's value, an
/// experiment's own, and a matrix's, where it takes the place of the whole list.
/// </summary>
internal sealed class Overrides
{
    private const string OfLayers = "model.";

    private static readonly ImmutableArray<string> Allowed =
        ["name", .. Settings.OfExperiment.Select(setting => setting.Key), LayerSettings.Any, .. Settings.OfGrid.Select(setting => setting.Key)];

    private readonly List<YamlEntry> _ofGrid = [];
    private readonly List<Choice> _pinned = [];
    private readonly List<YamlEntry> _ofModels = [];

    private Overrides()
    {
    }

    /// <summary>Values of experiments of a model, in the order of the command line, those of layers last.</summary>
    public ImmutableArray<Choice> PinnedFor(ModelPlan model, FaultList faults)
    {
        var pinned = _pinned.ToImmutableArray().ToBuilder();
        foreach (var option in _ofModels)
        {
            if (model.Find(option.Key).Setting is { } setting && new ValueReader(faults).Value(setting, option.Value) is { } parsed)
                pinned.Add(Choice.Of(setting, parsed, option.Place));
        }

        return pinned.ToImmutable();
    }

    /// <summary>Notes the values of layers that no model has.</summary>
    /// <param name="models">Of all experiments, at least one.</param>
    public void CheckMet(IReadOnlyCollection<ModelPlan> models, FaultList faults)
    {
        foreach (var option in _ofModels.Where(option => models.All(model => model.Find(option.Key).Setting is null)))
            faults.Add(option.Place, $"{Shown.Of(option.Key)}: {models.First().Find(option.Key).Fault}");
    }

    public static Overrides Read(IReadOnlyList<string> options, FaultList faults)
    {
        var overrides = new Overrides();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (string option in options)
        {
            Place place = Place.OfOption(option);
            if (option.Split('=', 2, StringSplitOptions.TrimEntries) is not [var key, var value])
                faults.Add(place, "wanted is key=value, such as training.epochs=2.");
            else if (!Allowed.Contains(key) && !key.StartsWith(OfLayers, StringComparison.Ordinal))
                faults.Add(place, $"{Shown.Of(key)}: {NearestKey.UnknownKey(key, Allowed)}");
            else if (!known.Add(key))
                faults.Add(place, $"{key}: is set twice; keep one.");
            else
                overrides.Add(key, new YamlScalar(place, value, Quoted: false), faults);
        }

        return overrides;
    }

    /// <summary>The grid's own entries, those of the command line in place of the file's.</summary>
    public YamlMap ApplyTo(YamlMap grid) =>
        grid with { Entries = [.. grid.Entries.Where(entry => _ofGrid.TrueForAll(own => own.Key != entry.Key)), .. _ofGrid] };

    private void Add(string key, YamlScalar value, FaultList faults)
    {
        if (key.StartsWith(OfLayers, StringComparison.Ordinal))
            _ofModels.Add(new YamlEntry(key, value.Place, value));
        else if (Settings.OfExperiment.FirstOrDefault(setting => setting.Key == key) is not { } setting)
            _ofGrid.Add(new YamlEntry(key, value.Place, value));
        else if (new ValueReader(faults).Value(setting, value) is { } parsed)
            _pinned.Add(Choice.Of(setting, parsed, value.Place));
    }
}
