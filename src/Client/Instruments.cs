using System.Diagnostics;

namespace Experiments.Client;

/// <summary>What the client tells of its own work.</summary>
internal static class Instruments
{
    private static readonly ActivitySource Source = new("Experiments.Client");

    /// <summary>A submit, to which the trace of each experiment that it brings will link; null where nobody collects traces.</summary>
    public static Activity? Submit(string grid) => Source.StartActivity("submit", ActivityKind.Internal, parentId: null, [new("experiments.grid.name", grid)]);
}
