using System.Globalization;
using System.IO.Enumeration;

namespace Experiments.Reports;

/// <summary>
/// Recursive descent: <c>any = all { or all }</c>, <c>all = one { and one }</c>,
/// <c>one = not one | ( any ) | name:… | status:… | tag:… | number sign value | word</c>.
/// </summary>
/// <param name="words">What can be asked.</param>
internal sealed class FilterParser<T>(string filter, FilterWords<T> words)
{
    /// <summary>Of <c>not</c> and parentheses inside one another: nobody types more, and a stack holds it.</summary>
    private const int MostDepth = 100;

    private readonly string _conditions = $"a word, name:…, status:…, tag:…, a comparison such as {words.Example}, not or '('";

    private readonly string _statuses = string.Join(", ", words.Statuses).ToLowerInvariant();

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
    public Func<T, bool> Read()
    {
        var any = Any();
        return _text.IsAtEnd ? any : throw new FilterException(_text.Column, $"{_text.Next} is not expected; allowed: and, or, the end.");
    }

    private Func<T, bool> Any()
    {
        List<Func<T, bool>> parts = [All()];
        while (_text.TakeKeyword("or")) parts.Add(All());
        return parts.Count == 1 ? parts[0] : item => parts.Exists(part => part(item));
    }

    private Func<T, bool> All()
    {
        List<Func<T, bool>> parts = [One()];
        while (_text.TakeKeyword("and")) parts.Add(One());
        return parts.Count == 1 ? parts[0] : item => parts.TrueForAll(part => part(item));
    }

    private Func<T, bool> One()
    {
        int column = _text.Column;
        return _text.TakeKeyword("not") ? Not(Inside(column, One))
            : _text.Take("(") ? Inside(column, () => Group(column))
            : Simple(column);
    }

    private Func<T, bool> Inside(int column, Func<Func<T, bool>> read)
    {
        if (_depth == MostDepth) throw new FilterException(column, $"more than {MostDepth} 'not' and '(' inside one another; write fewer.");

        _depth++;
        var condition = read();
        _depth--;
        return condition;
    }

    private static Func<T, bool> Not(Func<T, bool> condition) => item => !condition(item);

    private Func<T, bool> Group(int column)
    {
        var any = Any();
        return _text.Take(")")
            ? any
            : throw new FilterException(_text.Column, $"{_text.Next} is not expected; allowed: and, or, ')' for the '(' of column {column}.");
    }

    private Func<T, bool> Simple(int column)
    {
        if (_text.TakeQuoted() is { } quoted) return NameLike($"*{quoted}*");

        string next = _text.Next, word = _text.TakeWord();
        if (word.Length == 0 || IsKeyword(word)) throw new FilterException(column, $"{next} is not expected; allowed: {_conditions}.");
        if (_text.Take(":")) return Field(column, word);

        foreach (var (sign, holds) in Signs)
        {
            if (_text.Take(sign)) return Compare(column, word, sign, holds);
        }

        return NameLike($"*{word}*");
    }

    private static bool IsKeyword(string word) => word.ToUpperInvariant() is "AND" or "OR";

    private Func<T, bool> Field(int column, string field)
    {
        return field.ToUpperInvariant() switch
        {
            "NAME" => NameLike(Value("a name, such as drop*").Text),
            "STATUS" => Status(Value($"a status: {_statuses}")),
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

    private Func<T, bool> NameLike(string pattern) => item => FileSystemName.MatchesSimpleExpression(pattern, words.Name(item));

    private Func<T, bool> Tag(string tag) => item => words.Tags(item).Contains(tag, StringComparer.OrdinalIgnoreCase);

    private Func<T, bool> Status((int Column, string Text) value)
    {
        int status = words.Statuses.IndexOf(value.Text, 0, words.Statuses.Length, StringComparer.OrdinalIgnoreCase);
        return status >= 0 ? item => words.Status(item) == status : throw new FilterException(value.Column, $"unknown status {FilterText.Shown(value.Text)}; allowed: {_statuses}.");
    }

    private Func<T, bool> Compare(int column, string name, string sign, Func<double, double, bool> holds) =>
        words.Number(name) is { } number ? CompareNumber(number, holds)
        : words.Word(name) is { } word ? CompareWord(column, word, name, sign)
        : throw new FilterException(
            column,
            $"unknown value {FilterText.Shown(name)}; allowed: {string.Join(", ", words.Compared)}. "
            + "A part of a name with '=' stands in double quotes.");

    private Func<T, bool> CompareNumber(Func<T, double?> number, Func<double, double, bool> holds)
    {
        int at = _text.Column;
        string next = _text.Next;
        return double.TryParse(_text.TakeWord(), NumberStyles.Float, CultureInfo.InvariantCulture, out double limit) && double.IsFinite(limit)
            ? item => number(item) is { } value && holds(value, limit)
            : throw new FilterException(at, $"{next} is not expected; allowed: a number, such as 0.9 or 1e-3.");
    }

    private Func<T, bool> CompareWord(int column, Func<T, string?> word, string name, string sign)
    {
        if (sign is not ("=" or "!=")) throw new FilterException(column, $"{FilterText.Shown(name)} is a word, which does not compare by '{sign}'; allowed: = and !=.");

        int at = _text.Column;
        string next = _text.Next, wanted = _text.TakeQuoted() ?? _text.TakeWord();
        if (wanted.Length == 0) throw new FilterException(at, $"{next} is not expected; allowed: a word.");
        return item => word(item) is { } value && value.Equals(wanted, StringComparison.OrdinalIgnoreCase) == (sign == "=");
    }
}
