using System.Globalization;

namespace Experiments.Reports;

/// <summary>A grid in words, such as <c>Completed. Dataset fashion-mnist. Submitted 2026-01-01 00:00:00 UTC.</c></summary>
public static class GridSentence
{
    public static string Of(GridOverview grid)
    {
        string checksum = grid.Dataset.Sha256 is { Length: > 0 } sha256 ? $" (SHA-256 {sha256})" : "";
        string completed = grid.CompletedAt is { } at ? $", completed {Time(at)}" : "";
        return $"{grid.Status}. Dataset {grid.Dataset.Name}{checksum}. Submitted {Time(grid.SubmittedAt)}{completed}.";
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
}
