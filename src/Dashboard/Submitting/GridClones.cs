using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Dashboard.Connection;
using Experiments.GridFiles;

namespace Experiments.Dashboard.Submitting;

/// <summary>Writes grids that exist as files to be changed and submitted under another name.</summary>
internal sealed partial class GridClones(IClusterGrains cluster)
{
    /// <summary>Of a grid's name.</summary>
    private const int Longest = 100;

    /// <param name="grid">Its name or id.</param>
    /// <exception cref="CloneException">There is none.</exception>
    public async Task<string> Of(string grid, CancellationToken stop)
    {
        var all = await cluster.Grains.GetGrain<IQueueGrain>(GrainKeys.Queue).ListGrids(stop);
        return GridName.Find(all, grid) is { } found && await cluster.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(found.Name)).GetDefinition(stop) is { } definition
            ? GridYaml.Of(definition with { Name = FreeName(found.Name, [.. all.Select(known => known.Name)]) })
            : throw new CloneException($"There is no grid '{Shown.Of(grid)}' to clone: it may have been deleted.");
    }

    /// <summary>The first of <c>name-2</c>, <c>name-3</c>, … that no grid has; of <c>name-2</c>, where there is a <c>name</c>, it is <c>name-3</c>.</summary>
    public static string FreeName(string name, HashSet<string> taken)
    {
        string stem = Numbered().Replace(name, "") is var first && taken.Contains(first) ? first : name;
        for (int number = 2; ; number++)
        {
            string end = string.Create(CultureInfo.InvariantCulture, $"-{number}");
            string free = stem[..Math.Min(stem.Length, Longest - end.Length)] + end;
            if (!taken.Contains(free)) return free;
        }
    }

    [GeneratedRegex(@"(?<=.)-[1-9][0-9]{0,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();
}

/// <summary>A grid cannot be cloned; the message says why, for people.</summary>
internal sealed class CloneException(string message) : Exception(message);
