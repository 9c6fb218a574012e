using System.Collections.Immutable;
using System.Globalization;
using Experiments.Reports;
using Spectre.Console;

namespace Experiments.Client.Migration;

/// <summary>What a migration has come to, for people.</summary>
internal static class MigrationView
{
    /// <param name="storage">Folder of the local storage.</param>
    /// <param name="cluster">Its database, in words.</param>
    public static void Show(ImmutableArray<MigratedGrid> grids, string storage, string cluster, Output output)
    {
        MigratedGrid[] copied = [.. grids.Where(grid => grid.Copied)];
        if (copied.Length == 0)
        {
            output.Line(grids.IsEmpty
                ? $"The storage '{storage}' holds no grid: there is nothing to copy."
                : $"'{cluster}' has {(grids.Length == 1 ? "the grid" : Figures.Count(grids.Length, "grid"))} of '{storage}' already: there is nothing to copy.");
            return;
        }

        output.People.Write(Table(copied));
        output.Line($"{Figures.Count(copied.Length, "grid")} copied from '{storage}' to '{cluster}', and checked there.");
        foreach (string line in Remarks(grids, copied))
        {
            output.Line(line);
        }

        output.Line($"Nothing was removed from '{storage}'. Go on with these grids in the cluster alone, and delete the folder when you miss nothing there.");
    }

    private static Table Table(MigratedGrid[] copied)
    {
        var table = OutputTable.Of(texts: 2, "Grid", "Id", "Experiments", "Unfinished", "Epochs", "Checkpoints", "Stored");
        foreach (var grid in copied)
        {
            table.AddRow(
                Markup.Escape(grid.Name), grid.Id, Figures.Count(grid.Experiments), Figures.Count(grid.Unfinished),
                Figures.Count((double)grid.Epochs), Figures.Count((double)grid.Checkpoints), Figures.Bytes(grid.CheckpointBytes));
        }

        return table;
    }

    private static IEnumerable<string> Remarks(ImmutableArray<MigratedGrid> grids, MigratedGrid[] copied)
    {
        string[] there = [.. grids.Where(grid => !grid.Copied).Select(grid => grid.Name)];
        if (there.Length > 0)
        {
            yield return $"There already: {Figures.Names(there)}.";
        }

        int unfinished = copied.Sum(grid => grid.Unfinished), damaged = copied.Sum(grid => grid.DamagedCheckpoints);
        if (unfinished > 0)
        {
            yield return $"{Figures.Count(unfinished, "experiment")} unfinished: the cluster's silos go on as soon as they have a slot free.";
        }

        if (damaged > 0)
        {
            yield return $"{Figures.Count(damaged, "checkpoint")} damaged already in the storage: training passes over it, as it would have here.";
        }

        foreach (var grid in copied.Where(grid => grid.DataMissing is not null))
        {
            yield return $"Grid {grid.Name}: its data are not in the cluster, which cannot show images of it ({grid.DataMissing!.ReplaceLineEndings(" ").TrimEnd('.')}). To send them, submit it again from a machine that has them.";
        }
    }
}
