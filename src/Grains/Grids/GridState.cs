namespace Experiments.Grains.Grids;

/// <summary>What a grid grain persists, at submit alone; what becomes of its experiments is in their rows.</summary>
[GenerateSerializer, Alias("Experiments.Grains.GridState")]
internal sealed class GridState
{
    [Id(0)] public string Id { get; set; } = "";

    [Id(1)] public GridDefinition? Definition { get; set; }

    [Id(2)] public DateTimeOffset SubmittedAt { get; set; }
}
