using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Experiments.GridFiles;

/// <summary>
/// Turns YAML into nodes with places, event by event. Anchors, aliases and tags are refused, so that a file is as large as it looks and
/// names no type; so are duplicate keys, a second document, and depth beyond any grid's.
/// </summary>
internal sealed class YamlTree
{
    private const int Deepest = 20;
    private const char ByteOrderMark = '\uFEFF';

    private static readonly Place FirstPlace = new(1, 1);

    private readonly YamlEvents _parser;
    private readonly FaultList _faults;

    private YamlTree(string yaml, FaultList faults) => (_parser, _faults) = (new YamlEvents(yaml), faults);

    /// <returns>The root; null where the file is empty.</returns>
    /// <exception cref="GridFileException">It is no YAML, or deeper than 20 levels.</exception>
    public static YamlNode? Read(string yaml, FaultList faults)
    {
        YamlText.Check(yaml, faults);
        try
        {
            return new YamlTree(yaml.TrimStart(ByteOrderMark), faults).ReadDocument();
        }
        catch (YamlException e)
        {
            throw faults.And(Place.Of(e.Start), $"is no valid YAML here: {Shown.Of(e.Message, longest: 200).TrimEnd('.')}; check indentation, quotes, brackets and colons.");
        }
    }

    private YamlNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _)) return null;

        _parser.Consume<DocumentStart>();
        YamlNode root = ReadNode(depth: 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
            _faults.Add(Place.Of(second.Start), "a second document begins; write one grid a file.");
        return root;
    }

    private YamlNode ReadNode(int depth)
    {
        Place place = Place.Of(_parser.Current is null ? Mark.Empty : _parser.Current.Start);
        if (depth > Deepest) throw _faults.And(place, $"is nested more than {Deepest} levels deep; a grid needs 5.");

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            _faults.Add(place, $"*{Shown.Of(alias.Value.Value)}: aliases are not allowed; write the value out, or use a matrix.");
            return new YamlRefused(place);
        }

        var node = _parser.Consume<NodeEvent>();
        place = Place.Of(node.Start);
        if (!node.Anchor.IsEmpty) _faults.Add(place, $"&{Shown.Of(node.Anchor.Value)}: anchors are not allowed; write the value where it is used.");
        if (!node.Tag.IsEmpty) _faults.Add(place, $"{Shown.Of(node.Tag.Value)}: tags are not allowed; write the value alone.");

        return node switch
        {
            MappingStart => ReadMap(place, depth),
            SequenceStart => ReadList(place, depth),
            Scalar scalar => new YamlScalar(place, scalar.Value, scalar.Style is not ScalarStyle.Plain),
            _ => throw new InvalidOperationException($"A node begins with {node.GetType().Name}."),
        };
    }

    private YamlList ReadList(Place place, int depth)
    {
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode(depth + 1));
        return new YamlList(place, items.ToImmutable());
    }

    private YamlMap ReadMap(Place place, int depth)
    {
        var entries = new OrderedDictionary<string, YamlEntry>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            YamlNode key = ReadNode(depth + 1);
            YamlNode value = ReadNode(depth + 1);
            if (key is not YamlScalar { Text: var text })
            {
                if (key is not YamlRefused) _faults.Add(key.Place, "a map or list stands where a key is wanted; write key: value.");
            }
            else if (!entries.TryAdd(text, new YamlEntry(text, key.Place, value)))
            {
                _faults.Add(key.Place, $"{Shown.Of(text)}: duplicate key; it is written in line {entries[text].Place.Line} already. Keep one.");
            }
        }

        // Of a pair without braces in a list, as in [dense: { units: 3 }], the parser says that it begins where the file does.
        return new YamlMap(depth > 0 && place == FirstPlace && entries.Count > 0 ? entries.GetAt(0).Value.Place : place, [.. entries.Values]);
    }
}
