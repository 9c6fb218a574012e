using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>
/// The <c>--set key=value</c> of the command line. Each goes over everything that the file says of its key: the grid's value, an
/// experiment's own, and a matrix's, where it takes the place of the whole list.
/// </summary>
internal sealed class Overrides
{
    private static readonly ImmutableArray<string> Allowed =
        ["name", .. Settings.OfExperiment.Select(setting => setting.Key), .. Settings.OfGrid.Select(setting => setting.Key)];

    private readonly List<YamlEntry> _ofGrid = [];
    private readonly List<Choice> _pinned = [];

    private Overrides()
    {
    }

    /// <summary>Values of experiments, in the order of the command line.</summary>
    public ImmutableArray<Choice> Pinned => [.. _pinned];

    public static Overrides Read(IReadOnlyList<string> options, FaultList faults)
    {
        var overrides = new Overrides();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (string option in options)
        {
            Place place = Place.OfOption(option);
            if (option.Split('=', 2, StringSplitOptions.TrimEntries) is not [var key, var value])
                faults.Add(place, "wanted is key=value, such as training.epochs=2.");
            else if (!Allowed.Contains(key))
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

    /// <summary>What goes over an experiment's key, be it the key itself or <c>dropout</c> over one of its rates; null where nothing does.</summary>
    public Choice? Over(Setting<ExperimentConfig> setting) => _pinned.LastOrDefault(choice => setting.Sets.All(key => choice.Sets.Contains(key)));

    private void Add(string key, YamlScalar value, FaultList faults)
    {
        if (Settings.OfExperiment.FirstOrDefault(setting => setting.Key == key) is not { } setting)
            _ofGrid.Add(new YamlEntry(key, value.Place, value));
        else if (new ValueReader(faults).Value(setting, value) is { } parsed)
            _pinned.Add(Choice.Of(setting, parsed, value.Place));
    }
}
