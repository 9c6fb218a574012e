using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Experiments.GridFiles;

/// <summary>Text as YAML that reads as that text.</summary>
internal static partial class YamlScalarText
{
    public static string Of(string text) => PlainForm().IsMatch(text) && !new YamlScalar(Place.WholeFile, text, Quoted: false).IsNull ? text : Quoted(text);

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\') quoted.Append('\\').Append((char)rune.Value);
            else if (IsPlain(rune)) quoted.Append(rune.ToString());
            else quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}");
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Whether an editor shows it as it is.</summary>
    private static bool IsPlain(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    [GeneratedRegex(@"^[A-Za-z0-9](?:[A-Za-z0-9 ._=+/-]*[A-Za-z0-9._=+/-])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainForm();
}
