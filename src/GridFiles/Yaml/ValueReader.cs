using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Experiments.GridFiles;

/// <summary>Reads typed values off nodes. What is wrong is noted with its place and what is wanted, and null returned.</summary>
internal sealed partial class ValueReader(FaultList faults)
{
    public const int LongestText = 100;

    /// <summary>A map; keys other than those allowed are noted, and required ones that are missing.</summary>
    public YamlMap? Map(string key, YamlNode node, IReadOnlyCollection<string> allowed, params ReadOnlySpan<string> required) =>
        Map(key, node, isAllowed: null, allowed, required);

    /// <param name="isAllowed">Keys that are not to be noted, though they are none of those that can be listed.</param>
    public YamlMap? Map(string key, YamlNode node, Func<string, bool>? isAllowed, IReadOnlyCollection<string> allowed, params ReadOnlySpan<string> required)
    {
        if (node is not YamlMap map)
        {
            Refuse(key, node, $"a map of {string.Join(", ", allowed)}");
            return null;
        }

        foreach (YamlEntry entry in map.Entries.Where(entry => !allowed.Contains(entry.Key) && isAllowed?.Invoke(entry.Key) is not true))
            faults.Add(entry.Place, $"{Join(key, Shown.Of(entry.Key))}: {NearestKey.UnknownKey(entry.Key, allowed)}");

        foreach (string name in required)
        {
            if (map.Find(name) is null) faults.Add(map.Place, $"{Join(key, name)}: is missing; it is required.");
        }

        return map;
    }

    /// <summary>A list with at least one item.</summary>
    public YamlList? List(string key, YamlNode node, string wanted)
    {
        if (node is YamlList { Items.IsEmpty: false } list) return list;

        Refuse(key, node, wanted);
        return null;
    }

    /// <summary>1 to 100 characters to be shown as they are, quoted or not.</summary>
    public string? Text(string key, YamlNode node, string wanted = "text of 1 to 100 characters")
    {
        if (node is not YamlScalar { IsNull: false } scalar || string.IsNullOrWhiteSpace(scalar.Text))
        {
            Refuse(key, node, wanted);
            return null;
        }

        if (scalar.Text.Length > LongestText)
            faults.Add(node.Place, $"{key}: has {scalar.Text.Length} characters; at most {LongestText} are allowed.");
        else if (scalar.Text.EnumerateRunes().Any(IsInvisible))
            faults.Add(node.Place, $"{key}: '{Shown.Of(scalar.Text)}' holds a control character or half of a character; only text is allowed.");
        else
            return scalar.Text;
        return null;
    }

    /// <summary>A name that may be a folder's.</summary>
    public string? Name(string key, YamlNode node)
    {
        const string wanted = "a name of 1 to 100 letters, digits and . _ = + -, beginning with a letter or digit";
        if (node is YamlScalar { IsNull: false } scalar && NameForm().IsMatch(scalar.Text)) return scalar.Text;

        Refuse(key, node, wanted);
        return null;
    }

    public string? Sha256(string key, YamlNode node)
    {
        if (node is YamlScalar scalar && Sha256Form().IsMatch(scalar.Text)) return scalar.Text;

        Refuse(key, node, "64 hexadecimal digits in lower case");
        return null;
    }

    public Setting<T>.Parsed? Value<T>(Setting<T> setting, YamlNode node)
    {
        var parsed = node is YamlScalar { IsNull: false } scalar ? setting.Parse(scalar.Text) : null;
        if (parsed is not null && (setting.IsWord || node is YamlScalar { Quoted: false })) return parsed;

        if (parsed is not null && node is YamlScalar { Quoted: true } text)
            faults.Add(node.Place, $"{setting.Key}: \"{Shown.Of(text.Text)}\" in quotes is text; write it without quotes.");
        else
            Refuse(setting.Key, node, setting.Wanted);
        return null;
    }

    /// <summary>Notes that something else is wanted.</summary>
    public void Refuse(string key, YamlNode node, string wanted)
    {
        string? found = node switch
        {
            YamlScalar { IsNull: true } => "has no value",
            YamlScalar { Quoted: true } scalar => $"is the text '{Shown.Of(scalar.Text)}'",
            YamlScalar scalar => $"is {Shown.Of(scalar.Text)}",
            YamlList { Items.IsEmpty: true } => "is an empty list",
            YamlList => "is a list",
            YamlMap => "is a map",
            _ => null,
        };
        if (found is not null) faults.Add(node.Place, $"{(key.Length == 0 ? "the grid" : key)}: {found}; wanted is {wanted}.");
    }

    public static string Join(string key, string part) => key.Length == 0 ? part : $"{key}.{part}";

    private static bool IsInvisible(Rune rune) =>
        rune == Rune.ReplacementChar
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._=+-]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Sha256Form();
}
