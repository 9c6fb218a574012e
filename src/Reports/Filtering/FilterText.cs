namespace Experiments.Reports;

/// <summary>The words and signs of a filter, read from left to right; between them it stands at the next one.</summary>
internal sealed class FilterText
{
    private const string Signs = "()\":<>=!";

    /// <summary>As many characters of what was typed as a message repeats.</summary>
    private const int MostShown = 40;

    private readonly string _text;
    private int _at;

    public FilterText(string text)
    {
        _text = text;
        MoveTo(0);
    }

    /// <summary>Of what comes next, from 1; one past the end where nothing does.</summary>
    public int Column => _at + 1;

    public bool IsAtEnd => _at == _text.Length;

    /// <summary>What comes next, for a message.</summary>
    public string Next => IsAtEnd ? "the end" : Shown(_text[_at..EndOfWord("", MostShown + 1)]);

    public static string Shown(string typed) => typed.Length <= MostShown ? $"'{typed}'" : $"'{typed[..MostShown]}…'";

    /// <summary>Takes the sign if it comes next.</summary>
    public bool Take(string sign)
    {
        if (string.CompareOrdinal(_text, _at, sign, 0, sign.Length) != 0) return false;

        MoveTo(_at + sign.Length);
        return true;
    }

    /// <summary>Takes the keyword, in upper or lower case, if it is the word that comes next.</summary>
    public bool TakeKeyword(string keyword)
    {
        int end = EndOfWord(Signs);
        if (!_text.AsSpan(_at, end - _at).Equals(keyword, StringComparison.OrdinalIgnoreCase)) return false;

        MoveTo(end);
        return true;
    }

    /// <summary>Takes a word, which holds no sign; empty where none comes next.</summary>
    public string TakeWord() => TakeWithout(Signs);

    /// <summary>Takes what stands after <c>name:</c> and the like, where <c>=</c> is a character as any; empty where nothing does.</summary>
    public string TakeValue() => TakeWithout("()\"");

    /// <summary>Takes what stands in the double quotes that come next; null where none do.</summary>
    /// <exception cref="FilterException">They do not end.</exception>
    public string? TakeQuoted()
    {
        if (IsAtEnd || _text[_at] != '"') return null;

        int start = _at + 1, end = _text.IndexOf('"', start);
        if (end < 0) throw new FilterException(_text.Length + 1, $"the end is not expected; allowed: '\"' for the one of column {Column}.");

        MoveTo(end + 1);
        return _text[start..end];
    }

    private string TakeWithout(string signs)
    {
        int start = _at, end = EndOfWord(signs);
        MoveTo(end);
        return _text[start..end];
    }

    private int EndOfWord(string signs, int most = int.MaxValue)
    {
        int end = _at;
        while (end < _text.Length && end - _at < most && !char.IsWhiteSpace(_text[end]) && !signs.Contains(_text[end])) end++;
        return end;
    }

    private void MoveTo(int start)
    {
        for (_at = start; _at < _text.Length && char.IsWhiteSpace(_text[_at]);) _at++;
    }
}
