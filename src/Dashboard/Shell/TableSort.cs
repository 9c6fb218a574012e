namespace Experiments.Dashboard.Shell;

/// <summary>By which column a table is sorted; in addresses its name, with a minus before it where the largest come first.</summary>
internal readonly record struct TableSort(string Column, bool IsDescending)
{
    /// <param name="text">As an address has it; null for <paramref name="usual"/>.</param>
    public static TableSort Parse(string? text, TableSort usual) => text switch
    {
        null or "" or "-" => usual,
        ['-', .. var column] => new(column, IsDescending: true),
        _ => new(text, IsDescending: false),
    };

    public override string ToString() => IsDescending ? $"-{Column}" : Column;
}
