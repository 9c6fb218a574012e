using YamlDotNet.Core;

namespace Experiments.GridFiles;

/// <summary>Where something was written: a line and column of the file, from 1; or an option of the command line; or the file as a whole.</summary>
internal readonly record struct Place(int? Line, int? Column, string? Option = null)
{
    public static Place WholeFile => default;

    public static Place Of(Mark mark) => new((int)mark.Line, (int)mark.Column);

    /// <summary>The place that follows <paramref name="text"/>.</summary>
    public static Place After(ReadOnlySpan<char> text) => new(1 + text.Count('\n'), text.Length - text.LastIndexOf('\n'));

    public static Place OfOption(string option) => new(null, null, "--set " + Shown.Of(option));
}
