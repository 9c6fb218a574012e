using System.Globalization;
using System.Text;

namespace Experiments.GridFiles;

/// <summary>What a user wrote, fit for a message.</summary>
public static class Shown
{
    /// <summary>The text, cut where it is long, and with control characters escaped: a message must not drive a terminal.</summary>
    public static string Of(string text, int longest = 60)
    {
        var shown = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (shown.Length >= longest) return shown.Append('…').ToString();

            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else
                shown.Append(rune.ToString());
        }

        return shown.ToString();
    }
}
