using System.Collections.Immutable;

namespace Experiments.Grains.Tests.Annotations;

public class AnnotationTests
{
    [Fact]
    public void AnyTextIsKeptAsItWasGiven()
    {
        ImmutableArray<string> tags =
            ["night", "two words", "<script>alert(1)</script>", "👩‍🔬", "\"", "a;b|c", new string('x', 50), .. Enumerable.Range(8, 13).Select(number => $"{number}")];
        string note = $"<script>alert(1)</script>\r\n\t🦊 '; DROP TABLE grid; --\u202e{new string('é', 9_900)}";

        var annotation = Annotation.Create(tags, note);

        Assert.Equal(tags, annotation.Tags.AsEnumerable());
        Assert.Equal(note, annotation.Note);
    }

    [Theory]
    [InlineData("", "Tag 1 is empty: leave it out.")]
    [InlineData("a,b", "Tag 1 holds a comma: make it two tags.")]
    [InlineData(" a", "Tag 1 begins or ends with a space: remove it.")]
    [InlineData("a\u00a0", "Tag 1 begins or ends with a space: remove it.")]
    [InlineData("a\nb", "Tag 1 holds a control character, such as a line break: remove it.")]
    [InlineData("a\0", "Tag 1 holds a control character, such as a line break: remove it.")]
    [InlineData("\u001b[31m", "Tag 1 holds a control character, such as a line break: remove it.")]
    [InlineData("123456789012345678901234567890123456789012345678901", "Tag 1 has 51 characters: shorten it to 50.")]
    public void ATagThatCannotBeKeptIsNamedWithTheRemedy(string tag, string fault) => Assert.Equal([fault], Faults([tag], ""));

    [Fact]
    public void HalfACharacterIsRefusedForNoStorageHoldsIt()
    {
        string half = "a🦊"[..2];

        Assert.Equal(
            ["Tag 1 holds half a character, a surrogate without its other: remove it.", "The note holds half a character, a surrogate without its other: remove it."],
            Faults([half], half));
    }

    [Fact]
    public void ATagIsThereOnceInUpperOrLowerCase() => Assert.Equal(["Tag 3 is tag 1 again: leave it out."], Faults(["Night", "nightly", "nIGHT"], ""));

    [Fact]
    public void MoreTagsThanAreKeptAreOneFaultHoweverManyTheyAre() =>
        Assert.Equal(["There are 1,000,000 tags: give at most 20."], Faults([.. Enumerable.Repeat(",", 1_000_000)], ""));

    [Theory]
    [InlineData(10_001, 'x', "The note has 10,001 characters: shorten it to 10,000.")]
    [InlineData(1, '\0', "The note holds a NUL character: remove it.")]
    public void ANoteThatCannotBeKeptIsNamedWithTheRemedy(int length, char character, string fault) => Assert.Equal([fault], Faults([], new string(character, length)));

    [Fact]
    public void AllThatIsWrongIsToldAtOnce()
    {
        var refused = Assert.Throws<AnnotationException>(() => Annotation.Create(["a", ",", "A"], "\0"));

        Assert.Equal("Tag 2 holds a comma: make it two tags. Tag 3 is tag 1 again: leave it out. The note holds a NUL character: remove it.", refused.Message);
    }

    private static ImmutableArray<string> Faults(ImmutableArray<string> tags, string note) =>
        Assert.Throws<AnnotationException>(() => Annotation.Create(tags, note)).Faults;
}
