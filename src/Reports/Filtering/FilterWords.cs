using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>What a filter can ask of the things in a list.</summary>
/// <param name="Statuses">Names of the statuses, in their order.</param>
/// <param name="Status">Index of a thing's status.</param>
/// <param name="Compared">Names that people type before a sign, for messages.</param>
/// <param name="Number">The number that a name stands for, and null where a thing has none; null where the name is not one of a number.</param>
/// <param name="Word">The word that a name stands for, and null where a thing has none; null where the name is not one of a word.</param>
/// <param name="Example">Of a comparison, for messages.</param>
internal sealed record FilterWords<T>(
    Func<T, string> Name,
    ImmutableArray<string> Statuses,
    Func<T, int> Status,
    Func<T, ImmutableArray<string>> Tags,
    ImmutableArray<string> Compared,
    Func<string, Func<T, double?>?> Number,
    Func<string, Func<T, string?>?> Word,
    string Example);
