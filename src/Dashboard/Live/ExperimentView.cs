namespace Experiments.Dashboard.Live;

/// <summary>An experiment as it was last heard of.</summary>
/// <param name="Grid">It is one of this grid's.</param>
/// <param name="Row">How far it has come, now.</param>
/// <param name="Snapshot">What it came to, and what that depends on: as new as its status, its silo and its test result are in <paramref name="Row"/>.</param>
/// <param name="Journal">Its attempts and its log.</param>
/// <param name="ChangedAt">When the last change was heard of.</param>
public sealed record ExperimentView(GridView Grid, ExperimentRow Row, ExperimentSnapshot Snapshot, ExperimentJournal Journal, DateTimeOffset ChangedAt)
{
    public ExperimentConfig Config => Grid.Configs[Row.Name];

    /// <summary>Its place in the grid, from 1.</summary>
    public int Number => Grid.Numbers[Row.Id];

    /// <summary>Null for the first of the grid.</summary>
    public ExperimentRow? Previous => Number > 1 ? Grid.Rows[Number - 2] : null;

    /// <summary>Null for the last of the grid.</summary>
    public ExperimentRow? Next => Number < Grid.Rows.Length ? Grid.Rows[Number] : null;
}
