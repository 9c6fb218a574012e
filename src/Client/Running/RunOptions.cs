using Experiments.Silo;

namespace Experiments.Client.Running;

/// <summary>What <c>run</c> was asked for.</summary>
internal sealed record RunOptions
{
    public required string File { get; init; }

    /// <summary>Each "key=value".</summary>
    public required IReadOnlyList<string> Overrides { get; init; }

    /// <summary>Folder with Fashion-MNIST; null to find or fetch it.</summary>
    public string? Data { get; init; }

    public required int Slots { get; init; }

    public required LocalStorage Storage { get; init; }

    /// <summary>Folder for the results; null for <c>results/GRID</c>.</summary>
    public string? Output { get; init; }

    public required bool ServesDashboard { get; init; }
}
