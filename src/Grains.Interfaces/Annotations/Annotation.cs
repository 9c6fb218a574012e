using System.Collections.Immutable;

namespace Experiments;

/// <summary>What people wrote about a grid or an experiment: text as they gave it, which is never markup.</summary>
/// <param name="Tags">In the order in which they were given.</param>
/// <param name="Note">Empty where only tags were given.</param>
[GenerateSerializer, Immutable, Alias("Experiments.Annotation")]
public sealed record Annotation([property: Id(0)] ImmutableArray<string> Tags, [property: Id(1)] string Note)
{
    public const int MostTags = 20;

    /// <summary>In UTF-16 units, as browsers count what is typed.</summary>
    public const int LongestTag = 50, LongestNote = 10_000;

    /// <summary>UTF-16 units of the notes of all experiments of a grid: they travel with its lines, in one message.</summary>
    public const int LongestNotes = 4_000_000;

    /// <param name="tags">
    /// At most <see cref="MostTags"/> of 1 to <see cref="LongestTag"/> characters, without a comma, control characters, and spaces at the ends;
    /// none is there twice in upper or lower case.
    /// </param>
    /// <param name="note">Up to <see cref="LongestNote"/> characters, none of them NUL, which a database does not hold.</param>
    /// <exception cref="AnnotationException">They are not so.</exception>
    public static Annotation Create(ImmutableArray<string> tags, string note)
    {
        ImmutableArray<string> faults = [.. AnnotationFaults.OfTags(tags), .. AnnotationFaults.OfNote(note)];
        return faults.IsEmpty ? new Annotation(tags, note) : throw new AnnotationException(faults);
    }
}
