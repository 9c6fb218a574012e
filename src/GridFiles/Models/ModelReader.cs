using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Experiments.GridFiles;

/// <summary>Reads <c>model</c>: the built-in one by name, a list of layers, or values over the model that is in force.</summary>
internal sealed partial class ModelReader(FaultList faults)
{
    public const string Key = "model";

    private const int MostLayers = 100;

    private readonly ValueReader _values = new(faults);

    /// <param name="inForce">What the owner's model is without this.</param>
    public ModelPlan Read(YamlNode node, ModelPlan inForce)
    {
        switch (node)
        {
            case YamlScalar { Text: ModelConfig.FashionCnn }:
                return ModelPlan.OfBuiltIn(node.Place);
            case YamlList { Items.IsEmpty: false } list:
                return ReadList(list);
            case YamlMap { Entries.IsEmpty: false } map:
                return inForce with { Place = node.Place, Choices = [.. inForce.Choices, .. map.Entries.SelectMany(entry => ReadValues(entry, inForce))] };
            default:
                _values.Refuse(Key, node, $"{ModelConfig.FashionCnn}, a list of layers, or a map of layers' values, such as {{ conv1: {{ filters: 48 }} }}");
                return inForce;
        }
    }

    private ModelPlan ReadList(YamlList list)
    {
        if (list.Items.Length > MostLayers)
            faults.Add(list.Place, string.Create(CultureInfo.InvariantCulture, $"{Key}: has {list.Items.Length:N0} layers; at most {MostLayers} are allowed."));

        var layers = new OrderedDictionary<string, (LayerConfig Layer, Place Place)>(StringComparer.OrdinalIgnoreCase);
        var counts = new Dictionary<LayerKind, int>();
        bool isWhole = true;
        foreach (var item in list.Items.Take(MostLayers))
        {
            if (ReadLayer(item, counts) is not { } layer)
            {
                isWhole = false;
            }
            else if (!layers.TryAdd(layer.Name, (layer, item.Place)))
            {
                faults.Add(item.Place, FormattableString.Invariant($"{Key}.{layer.Name}: is the name of the layer in line {layers[layer.Name].Place.Line} too; give each its own."));
                isWhole = false;
            }
        }

        return ModelPlan.OfList([.. layers.Values.Select(layer => layer.Layer)], list.Place, [.. layers.Values.Select(layer => layer.Place)], isWhole);
    }

    /// <summary>One layer: its kind, or its kind and its values.</summary>
    /// <param name="counts">How many layers of each kind came before, which unnamed ones are numbered by.</param>
    private LayerConfig? ReadLayer(YamlNode node, Dictionary<LayerKind, int> counts)
    {
        var (word, place, values) = node switch
        {
            YamlScalar scalar => (scalar.Text, scalar.Place, null),
            YamlMap { Entries: [var entry] } => (entry.Key, entry.Place, entry.Value),
            _ => (null, node.Place, (YamlNode?)null),
        };
        if (word is null || node is YamlScalar { IsNull: true })
        {
            _values.Refuse(Key, node, $"a layer: one of {string.Join(", ", Kinds)}, alone or with its values");
            return null;
        }

        if (LayerKind.All.FirstOrDefault(known => known.Word == word) is not { } kind)
        {
            faults.Add(place, $"{Key}.{Shown.Of(word)}: unknown layer{NearestKey.Guess(word, Kinds)} Allowed: {string.Join(", ", Kinds)}.");
            return null;
        }

        counts[kind] = counts.GetValueOrDefault(kind) + 1;
        string? name = NameOf(kind, counts[kind], values);
        return name is null ? null : ReadValues(kind, name, place, values);
    }

    private string? NameOf(LayerKind kind, int number, YamlNode? values)
    {
        if ((values as YamlMap)?.Find("name") is not { } entry) return LayerKinds.UsualName(kind.Named(""), number);

        if (entry.Value is YamlScalar { IsNull: false } scalar && NameForm().IsMatch(scalar.Text)) return scalar.Text;

        _values.Refuse($"{Key}.name", entry.Value, "a name of 1 to 50 letters, digits and _ -, beginning with a letter");
        return null;
    }

    private LayerConfig? ReadValues(LayerKind kind, string name, Place place, YamlNode? values)
    {
        var layer = kind.Named(name);
        if (kind.Settings.FirstOrDefault(setting => setting.Key == kind.Alone) is { } alone && values is not (null or YamlMap))
            return _values.Value(alone with { Key = LayerSettings.KeyOf(name, alone.Key), Wanted = $"{alone.Wanted}, or a map of {string.Join(", ", Allowed(kind))}" }, values)?.Set(layer);

        var map = values is null ? null : _values.Map($"{Key}.{name}", values, Allowed(kind));
        if (values is not null && map is null) return null;

        bool isWhole = true;
        if (kind.Required is { } required && map?.Find(required) is null)
        {
            faults.Add(place, $"{LayerSettings.KeyOf(name, required)}: is missing; it is required.");
            isWhole = false;
        }

        foreach (var entry in map?.Entries.Where(entry => entry.Key != "name") ?? [])
        {
            var setting = kind.Settings.FirstOrDefault(known => known.Key == entry.Key);
            if (setting is not null && _values.Value(setting with { Key = LayerSettings.KeyOf(name, setting.Key) }, entry.Value) is { } parsed) layer = parsed.Set(layer);
            else isWhole = false;
        }

        return isWhole ? layer : null;
    }

    /// <summary>Values over a layer of the model in force.</summary>
    private IEnumerable<Choice> ReadValues(YamlEntry entry, ModelPlan model)
    {
        if (entry.Value is not YamlMap { Entries.IsEmpty: false } map)
        {
            _values.Refuse($"{Key}.{Shown.Of(entry.Key)}", entry.Value, "a map of the layer's values");
            yield break;
        }

        foreach (var value in map.Entries)
        {
            string key = LayerSettings.KeyOf(entry.Key, value.Key);
            var (setting, fault) = model.Find(key);
            if (setting is null)
            {
                if (model.IsWhole) faults.Add(value.Place, $"{Shown.Of(key)}: {fault}");
            }
            else if (_values.Value(setting, value.Value) is { } parsed)
            {
                yield return Choice.Of(setting, parsed, value.Value.Place);
            }
        }
    }

    private static string[] Allowed(LayerKind kind) => [.. kind.Settings.Select(setting => setting.Key), "name"];

    private static string[] Kinds => [.. LayerKind.All.Select(kind => kind.Word)];

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{0,49}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}
