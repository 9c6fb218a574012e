using System.Text;

namespace Experiments.Reports;

/// <summary>A table as Markdown, and its note below it; every cell is text, and escaped here.</summary>
internal static class MarkdownTable
{
    /// <returns>Lines that each end in a newline.</returns>
    public static string Write(ReportTable table)
    {
        var lines = new StringBuilder();
        Line(table.Columns.Select(column => MarkdownText.Escape(column.Heading)));
        Line(table.Columns.Select(column => column.IsNumber ? "---:" : "---"));
        foreach (var row in table.Rows) Line(row.Select(MarkdownText.Escape));
        if (table.Note is not null) lines.Append('\n').Append(table.Note).Append('\n');
        return lines.ToString();

        void Line(IEnumerable<string> cells) => lines.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }
}
