using System.Globalization;

namespace Experiments.Dashboard.Shell;

/// <summary>A whole number as an address has it: digits alone.</summary>
internal static class WholeNumber
{
    /// <returns>Null where it is none, or is not from <paramref name="least"/> to <paramref name="most"/>.</returns>
    public static int? Read(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number : null;
}
