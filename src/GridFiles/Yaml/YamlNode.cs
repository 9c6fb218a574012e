using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>A value of the file and where it begins.</summary>
internal abstract record YamlNode(Place Place);

/// <param name="Place">Where it begins.</param>
/// <param name="Text">As written, or what the quotes hold.</param>
/// <param name="Quoted">Whether it is text for certain: in quotes, or a block.</param>
internal sealed record YamlScalar(Place Place, string Text, bool Quoted) : YamlNode(Place)
{
    public bool IsNull => !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";
}

internal sealed record YamlList(Place Place, ImmutableArray<YamlNode> Items) : YamlNode(Place);

/// <param name="Place">Where it begins.</param>
/// <param name="Entries">In the order of the file; keys are unique.</param>
internal sealed record YamlMap(Place Place, ImmutableArray<YamlEntry> Entries) : YamlNode(Place)
{
    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
}

/// <summary>Something whose fault is noted already, such as an alias: nothing more is to be said of it.</summary>
internal sealed record YamlRefused(Place Place) : YamlNode(Place);

/// <param name="Key">The key's text.</param>
/// <param name="Place">Where the key begins.</param>
/// <param name="Value">What it stands for.</param>
internal sealed record YamlEntry(string Key, Place Place, YamlNode Value);
