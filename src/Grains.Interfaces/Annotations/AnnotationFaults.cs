using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Experiments;

/// <summary>What is wrong with tags and notes. A tag is named by its place, from 1: what it holds may be what is wrong with it.</summary>
internal static class AnnotationFaults
{
    public static IEnumerable<string> OfTags(ImmutableArray<string> tags)
    {
        if (tags.Length > Annotation.MostTags)
        {
            yield return Text($"There are {tags.Length:N0} tags: give at most {Annotation.MostTags}.");
            yield break;
        }

        for (int index = 0; index < tags.Length; index++)
        {
            int same = tags.IndexOf(tags[index], 0, tags.Length, StringComparer.OrdinalIgnoreCase);
            string? fault = same < index ? Text($"is tag {same + 1} again: leave it out") : OfTag(tags[index]);
            if (fault is not null) yield return Text($"Tag {index + 1} {fault}.");
        }
    }

    public static IEnumerable<string> OfNote(string note)
    {
        if (note.Length > Annotation.LongestNote) yield return Text($"The note has {note.Length:N0} characters: shorten it to {Annotation.LongestNote:N0}.");
        if (note.Contains('\0', StringComparison.Ordinal)) yield return "The note holds a NUL character: remove it.";
        if (!IsWhole(note)) yield return "The note holds half a character, a surrogate without its other: remove it.";
    }

    private static string? OfTag(string tag) =>
        tag.Length == 0 ? "is empty: leave it out"
        : tag.Length > Annotation.LongestTag ? Text($"has {tag.Length:N0} characters: shorten it to {Annotation.LongestTag}")
        : tag.Contains(',', StringComparison.Ordinal) ? "holds a comma: make it two tags"
        : tag.Any(char.IsControl) ? "holds a control character, such as a line break: remove it"
        : !IsWhole(tag) ? "holds half a character, a surrogate without its other: remove it"
        : tag.Trim().Length < tag.Length ? "begins or ends with a space: remove it"
        : null;

    private static bool IsWhole(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune)) return false;
            at += rune.Utf16SequenceLength;
        }

        return true;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
