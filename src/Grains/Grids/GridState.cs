using System.Collections.Immutable;

namespace Experiments.Grains.Grids;

/// <summary>What a grid grain persists, when users ask something of it alone; what becomes of its experiments is in their rows.</summary>
[GenerateSerializer, Alias("Experiments.Grains.GridState")]
internal sealed class GridState
{
    [Id(0)] public string Id { get; set; } = "";

    [Id(1)] public GridDefinition? Definition { get; set; }

    [Id(2)] public DateTimeOffset SubmittedAt { get; set; }

    /// <summary>By the experiment's place in the grid, from 0. An entry goes when its experiment is to go on.</summary>
    [Id(3)] public ImmutableDictionary<int, HeldExperiment> Held { get; set; } = ImmutableDictionary<int, HeldExperiment>.Empty;

    /// <summary>Whether a delete has begun, which will be finished: for readers there is no grid any more.</summary>
    [Id(4)] public bool IsDeleted { get; set; }

    /// <summary>The question that created the grid.</summary>
    [Id(5)] public Guid? CreatedBy { get; set; }

    /// <summary>The last verb that was for more than one begun experiment, or for one that no slot had begun.</summary>
    [Id(6)] public AnsweredVerb? LastVerb { get; set; }

    /// <summary>Those that brought experiments, in their order; none where an earlier version wrote the state.</summary>
    [Id(7)] public ImmutableArray<GridSubmit> Submits { get; set; } = [];
}
