using System.Collections.Immutable;
using System.Globalization;
using Experiments.Dashboard.Shell;

namespace Experiments.Dashboard.Grids;

/// <summary>Numbers of experiments in their grid, from 1, as an address has them: <c>1-5,8</c>.</summary>
internal sealed class NumberList
{
    private readonly ImmutableSortedSet<int> _numbers;

    private NumberList(ImmutableSortedSet<int> numbers) => _numbers = numbers;

    public int Count => _numbers.Count;

    /// <returns>Null for no text.</returns>
    /// <exception cref="ArgumentException">It is no such list.</exception>
    public static NumberList? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;

        var numbers = ImmutableSortedSet.CreateBuilder<int>();
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split('-');
            if (ends.Length > 2 || WholeNumber.Read(ends[0], 1, Most) is not { } first || WholeNumber.Read(ends[^1], first, Most) is not { } last)
                throw new ArgumentException($"'{GridFiles.Shown.Of(part)}' is no number of an experiment; write them as in 1-5,8, up to {Most:N0}.");

            numbers.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return new NumberList(numbers.ToImmutable());
    }

    /// <summary>An address that somebody has broken shows none, and the page as if it were not there.</summary>
    public static NumberList? ReadOrNone(string? text)
    {
        try
        {
            return Parse(text);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public static NumberList Of(IEnumerable<int> numbers) => new([.. numbers]);

    public bool Contains(int number) => _numbers.Contains(number);

    public NumberList With(int number, bool isIn) => new(isIn ? _numbers.Add(number) : _numbers.Remove(number));

    /// <returns>Null where there is none.</returns>
    public override string? ToString()
    {
        var ranges = new List<(int First, int Last)>();
        foreach (int number in _numbers)
        {
            if (ranges is [.., var (first, last)] && last == number - 1) ranges[^1] = (first, number);
            else ranges.Add((number, number));
        }

        return ranges.Count == 0 ? null : string.Join(',', ranges.Select(range => range.First == range.Last ? Text(range.First) : $"{Text(range.First)}-{Text(range.Last)}"));
    }

    /// <summary>More than a grid has experiments; without a limit an address could ask for any memory.</summary>
    private const int Most = 1_000_000;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
