using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>What a filter can ask of the things in a list.</summary>
/// <param name="Statuses">Names of the statuses, in their order.</param>
/// <param name="Status">Index of a thing's status.</param>
/// <param name="Numbers">By the names that people type; null where a thing has none.</param>
/// <param name="Example">Of a comparison, for messages.</param>
internal sealed record FilterWords<T>(
    Func<T, string> Name,
    ImmutableArray<string> Statuses,
    Func<T, int> Status,
    Func<T, ImmutableArray<string>> Tags,
    ImmutableArray<(string Name, Func<T, double?> Of)> Numbers,
    string Example);
