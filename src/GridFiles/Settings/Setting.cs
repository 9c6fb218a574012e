using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Experiments.GridFiles;

/// <summary>A key of the grid file that holds a number, a word, or true or false.</summary>
/// <typeparam name="T">What the value is a part of.</typeparam>
/// <param name="Key">In full, such as <c>training.epochs</c>.</param>
/// <param name="Wanted">Type and range, for messages.</param>
/// <param name="Parse">Null where the text is not what is wanted.</param>
internal sealed record Setting<T>(string Key, string Wanted, Func<string, Setting<T>.Parsed?> Parse)
{
    /// <param name="Text">The value in its shortest form: the same for 0.5 and 0.50.</param>
    /// <param name="Set">Puts the value in its place.</param>
    internal sealed record Parsed(string Text, Func<T, T> Set);

    /// <summary>The keys of single values that it sets: itself, but where it is a short form of others.</summary>
    public ImmutableArray<string> Sets { get; init; } = [Key];

    /// <summary>Whether the value means the same in quotes.</summary>
    public bool IsWord { get; init; }

    public bool Covers(Setting<T> other) => other.Sets.All(key => Sets.Contains(key));
}

/// <summary>Decimal numbers as YAML 1.2 writes them. Forms that other readers take for octal, hexadecimal or grouped digits are none.</summary>
internal static partial class Setting
{
    public static Setting<T> Whole<T>(string key, long least, long most, Func<T, long, T> set, string? wanted = null) =>
        new(key, wanted ?? string.Create(CultureInfo.InvariantCulture, $"a whole number from {least:N0} to {most:N0}"), text =>
            WholeForm().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
                && value >= least && value <= most
                ? new(value.ToString(CultureInfo.InvariantCulture), target => set(target, value))
                : null);

    public static Setting<T> Real<T>(string key, string wanted, Func<double, bool> isAllowed, Func<T, double, T> set) =>
        new(key, wanted, text =>
        {
            if (!RealForm().IsMatch(text)) return null;

            // Adding 0 makes 0 of −0, which would read differently.
            double value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) + 0.0;
            return isAllowed(value) ? new(value.ToString(CultureInfo.InvariantCulture), target => set(target, value)) : null;
        });

    /// <summary>A member of an enumeration, by its word.</summary>
    public static Setting<T> OneOf<T, TMember>(string key, Func<T, TMember, T> set)
        where TMember : struct, Enum
    {
        var words = Word.All<TMember>();
        return new(key, $"{string.Join(", ", words[..^1])} or {words[^1]}", text =>
            words.IndexOf(text) is >= 0 and var index ? new(text, target => set(target, Enum.GetValues<TMember>()[index])) : null) { IsWord = true };
    }

    /// <summary>As YAML 1.2 writes them; yes, on and the like are other YAML's.</summary>
    public static Setting<T> TrueOrFalse<T>(string key, Func<T, bool, T> set) =>
        new(key, "true or false", text => text switch
        {
            "true" or "True" or "TRUE" => new("true", target => set(target, true)),
            "false" or "False" or "FALSE" => new("false", target => set(target, false)),
            _ => null,
        });

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex WholeForm();

    [GeneratedRegex(@"^[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex RealForm();
}
