using System.Globalization;
using System.Text.RegularExpressions;

namespace Experiments.GridFiles;

/// <summary>A key of the grid file that holds a number.</summary>
/// <typeparam name="T">What the number is a part of.</typeparam>
/// <param name="Key">In full, such as <c>training.epochs</c>.</param>
/// <param name="Wanted">Type and range, for messages.</param>
/// <param name="Parse">Null where the text is not what is wanted.</param>
internal sealed record Setting<T>(string Key, string Wanted, Func<string, Setting<T>.Parsed?> Parse)
{
    /// <param name="Text">The number in its shortest form: the same for 0.5 and 0.50.</param>
    /// <param name="Set">Puts the number in its place.</param>
    internal sealed record Parsed(string Text, Func<T, T> Set);

    public bool Covers(string key) => key == Key || key.StartsWith(Key + ".", StringComparison.Ordinal);
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

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex WholeForm();

    [GeneratedRegex(@"^[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex RealForm();
}
