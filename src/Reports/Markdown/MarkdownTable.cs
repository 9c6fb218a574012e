using System.Text;

namespace Experiments.Reports;

/// <summary>A table of Markdown; its cells are text, and escaped here.</summary>
internal sealed class MarkdownTable
{
    private readonly StringBuilder _lines = new();

    /// <param name="columns">Headings; those that end in <c>:</c>, which is not shown, are aligned to the right.</param>
    public MarkdownTable(params string[] columns)
    {
        Line(columns.Select(heading => MarkdownText.Escape(heading.TrimEnd(':'))));
        Line(columns.Select(heading => heading.EndsWith(':') ? "---:" : "---"));
    }

    public MarkdownTable Row(params string[] cells)
    {
        Line(cells.Select(MarkdownText.Escape));
        return this;
    }

    public override string ToString() => _lines.ToString();

    private void Line(IEnumerable<string> cells) => _lines.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
