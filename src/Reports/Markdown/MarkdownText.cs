using System.Text;
using System.Text.RegularExpressions;

namespace Experiments.Reports;

/// <summary>Text of any kind as Markdown that shows it as it is.</summary>
internal static partial class MarkdownText
{
    private const string Special = @"\`*_[]<>|~&#$";

    /// <summary>For use inside a line or a table's cell: what Markdown or HTML would take for markup is escaped, line breaks become spaces.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (Special.Contains(c, StringComparison.Ordinal)) escaped.Append('\\');
            escaped.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c);
        }

        return escaped.ToString();
    }

    /// <summary>A code block, fenced by more backticks than any run of them in the text.</summary>
    /// <param name="text">Ends in a newline.</param>
    public static string Code(string text)
    {
        var fence = new string('`', Math.Max(3, Backticks().Matches(text).Select(run => run.Length + 1).DefaultIfEmpty(0).Max()));
        return $"{fence}text\n{text}{fence}\n";
    }

    /// <summary>A picture beside the report, under the alternative text that a screen reader reads.</summary>
    /// <param name="path">Relative to the report; of the characters that names and <c>/</c> are made of.</param>
    public static string Picture(string alternative, string path) => $"![{Escape(alternative)}]({path})\n";

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();
}
