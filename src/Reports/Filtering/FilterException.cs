using System.Globalization;

namespace Experiments.Reports;

/// <summary>A filter that cannot be read; the message is for the person who typed it.</summary>
/// <param name="column">From 1, in UTF-16 units; one past the end where something is missing there.</param>
/// <param name="fault">What is wrong there, and what is allowed.</param>
public sealed class FilterException(int column, string fault) : Exception(string.Create(CultureInfo.InvariantCulture, $"column {column}: {fault}"))
{
    public int Column { get; } = column;
}
