using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Experiments.Dashboard.HtmlReports;

/// <summary>A piece of HTML. A text becomes one by being encoded, so that what was a text is never markup.</summary>
internal readonly record struct Html(string Markup)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static implicit operator Html(string text) => new(Encoder.Encode(text));

    public static Html Empty => new("");

    /// <summary>An element and its content.</summary>
    public static Html Element(string tag, params ImmutableArray<Html> content) => Element(tag, [], content);

    /// <param name="attributes">Their values are texts.</param>
    public static Html Element(string tag, (string Name, string Value)[] attributes, params ImmutableArray<Html> content) =>
        new($"<{tag}{string.Concat(attributes.Select(attribute => $" {attribute.Name}=\"{Encoder.Encode(attribute.Value)}\""))}>{string.Concat(content.Select(each => each.Markup))}</{tag}>\n");

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.Markup)));
}
