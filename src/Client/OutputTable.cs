using Spectre.Console;

namespace Experiments.Client;

/// <summary>Tables as every verb shows them.</summary>
internal static class OutputTable
{
    /// <param name="texts">How many columns, from the first, hold text; the others hold numbers, which stand to the right.</param>
    public static Table Of(int texts, params ReadOnlySpan<string> columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        for (int column = 0; column < columns.Length; column++)
        {
            var header = new TableColumn(columns[column]).NoWrap();
            table.AddColumn(column < texts ? header : header.RightAligned());
        }

        return table;
    }
}
