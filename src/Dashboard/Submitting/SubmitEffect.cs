using System.Collections.Immutable;
using Experiments.Reports;

namespace Experiments.Dashboard.Submitting;

/// <summary>What a submit comes to, told before it is done.</summary>
/// <param name="Sentence">For people.</param>
/// <param name="Differences">Why there can be no such grid under the name; empty where there can.</param>
public sealed record SubmitEffect(string Sentence, ImmutableArray<string> Differences)
{
    public static SubmitEffect OfFirst(GridDefinition grid) =>
        new($"Grid {grid.Name} is new: its {Figures.Count(grid.Experiments.Length, "experiment")} wait for slots.", []);

    public static SubmitEffect Of(GridDefinition existing, GridDefinition submitted)
    {
        var change = GridChanges.Plan(existing, submitted);
        if (!change.Differences.IsEmpty)
        {
            return new SubmitEffect(
                $"Grid {existing.Name} exists and differs in what would change its results. Give the changed grid another name.", change.Differences);
        }

        string[] parts =
        [
            .. change.Added.Length > 0 ? [$"{Figures.Count(change.Added.Length, "experiment")} {(change.Added.Length == 1 ? "joins" : "join")} it"] : Array.Empty<string>(),
            .. change.Extended.Length > 0 ? [$"{Figures.Count(change.Extended.Length, "experiment")} {(change.Extended.Length == 1 ? "goes" : "go")} on to more epochs"] : Array.Empty<string>(),
            "what is paused goes on, and what has ended stays as it is",
        ];
        return new SubmitEffect($"Grid {existing.Name} exists: {string.Join("; ", parts)}.", []);
    }
}
