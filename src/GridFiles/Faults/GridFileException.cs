using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>A grid file that cannot be used; the message is its faults, a line each.</summary>
public sealed class GridFileException(ImmutableArray<GridFault> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>In the order of the file, those of options and of the whole file first; at least one. Reading ends after a hundred.</summary>
    public ImmutableArray<GridFault> Faults { get; } = faults;
}
