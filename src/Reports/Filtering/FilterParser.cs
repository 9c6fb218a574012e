using System.Globalization;
using System.IO.Enumeration;
using Condition = System.Func<Experiments.Reports.FilteredExperiment, bool>;

namespace Experiments.Reports;

/// <summary>
/// Recursive descent: <c>any = all { or all }</c>, <c>all = one { and one }</c>,
/// <c>one = not one | ( any ) | name:… | status:… | tag:… | number sign value | word</c>.
/// </summary>
internal sealed class FilterParser(string filter)
{
    /// <summary>Of <c>not</c> and parentheses inside one another: nobody types more, and a stack holds it.</summary>
    private const int MostDepth = 100;

    private const string Conditions = "a word, name:…, status:…, tag:…, a comparison such as testAccuracy > 0.9, not or '('";

    private static readonly string StatusNames = string.Join(", ", Enum.GetNames<ExperimentStatus>()).ToLowerInvariant();

    /// <summary>The longer of two that begin alike stands first.</summary>
    private static readonly (string Sign, Func<double, double, bool> Holds)[] Signs =
    [
        ("<=", (left, right) => left <= right),
        (">=", (left, right) => left >= right),
        ("!=", (left, right) => left != right),
        ("<", (left, right) => left < right),
        (">", (left, right) => left > right),
        ("=", (left, right) => left == right),
    ];

    private readonly FilterText _text = new(filter);
    private int _depth;

    /// <exception cref="FilterException">It is no filter.</exception>
    public Condition Read()
    {
        var any = Any();
        return _text.IsAtEnd ? any : throw new FilterException(_text.Column, $"{_text.Next} is not expected; allowed: and, or, the end.");
    }

    private Condition Any()
    {
        List<Condition> parts = [All()];
        while (_text.TakeKeyword("or")) parts.Add(All());
        return parts.Count == 1 ? parts[0] : experiment => parts.Exists(part => part(experiment));
    }

    private Condition All()
    {
        List<Condition> parts = [One()];
        while (_text.TakeKeyword("and")) parts.Add(One());
        return parts.Count == 1 ? parts[0] : experiment => parts.TrueForAll(part => part(experiment));
    }

    private Condition One()
    {
        int column = _text.Column;
        return _text.TakeKeyword("not") ? Not(Inside(column, One))
            : _text.Take("(") ? Inside(column, () => Group(column))
            : Simple(column);
    }

    private Condition Inside(int column, Func<Condition> read)
    {
        if (_depth == MostDepth) throw new FilterException(column, $"more than {MostDepth} 'not' and '(' inside one another; write fewer.");

        _depth++;
        var condition = read();
        _depth--;
        return condition;
    }

    private static Condition Not(Condition condition) => experiment => !condition(experiment);

    private Condition Group(int column)
    {
        var any = Any();
        return _text.Take(")")
            ? any
            : throw new FilterException(_text.Column, $"{_text.Next} is not expected; allowed: and, or, ')' for the '(' of column {column}.");
    }

    private Condition Simple(int column)
    {
        if (_text.TakeQuoted() is { } quoted) return NameLike($"*{quoted}*");

        string next = _text.Next, word = _text.TakeWord();
        if (word.Length == 0 || IsKeyword(word)) throw new FilterException(column, $"{next} is not expected; allowed: {Conditions}.");
        if (_text.Take(":")) return Field(column, word);

        foreach (var (sign, holds) in Signs)
        {
            if (_text.Take(sign)) return Compare(column, word, holds);
        }

        return NameLike($"*{word}*");
    }

    private static bool IsKeyword(string word) => word.ToUpperInvariant() is "AND" or "OR";

    private Condition Field(int column, string field)
    {
        return field.ToUpperInvariant() switch
        {
            "NAME" => NameLike(Value("a name, such as drop*").Text),
            "STATUS" => Status(Value($"a status: {StatusNames}")),
            "TAG" => Tag(Value("a tag").Text),
            _ => throw new FilterException(column, $"unknown field {FilterText.Shown(field)}; allowed before ':': name, status, tag."),
        };

        (int Column, string Text) Value(string what)
        {
            int at = _text.Column;
            string next = _text.Next, value = _text.TakeQuoted() ?? _text.TakeValue();
            return value.Length > 0 ? (at, value) : throw new FilterException(at, $"{next} is not expected; allowed: {what}.");
        }
    }

    private static Condition NameLike(string pattern) => experiment => FileSystemName.MatchesSimpleExpression(pattern, experiment.Name);

    private static Condition Tag(string tag) => experiment => experiment.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase);

    private static Condition Status((int Column, string Text) value)
    {
        foreach (var status in Enum.GetValues<ExperimentStatus>())
        {
            if (value.Text.Equals(status.ToString(), StringComparison.OrdinalIgnoreCase)) return experiment => experiment.Status == status;
        }

        throw new FilterException(value.Column, $"unknown status {FilterText.Shown(value.Text)}; allowed: {StatusNames}.");
    }

    private Condition Compare(int column, string name, Func<double, double, bool> holds)
    {
        var number = ExperimentNumber.Find(name)
            ?? throw new FilterException(
                column,
                $"unknown number {FilterText.Shown(name)}; allowed: {string.Join(", ", ExperimentNumber.All.Select(known => known.Name))}. "
                + "A part of a name with '=' stands in double quotes.");

        int at = _text.Column;
        string next = _text.Next;
        return double.TryParse(_text.TakeWord(), NumberStyles.Float, CultureInfo.InvariantCulture, out double limit) && double.IsFinite(limit)
            ? experiment => experiment.Number(number) is { } value && holds(value, limit)
            : throw new FilterException(at, $"{next} is not expected; allowed: a number, such as 0.9 or 1e-3.");
    }
}
