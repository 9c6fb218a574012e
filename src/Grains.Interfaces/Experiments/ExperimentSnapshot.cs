using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Experiments;

/// <summary>All that is known of one experiment at one moment; an element of <c>experiments</c> in results.json.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.ExperimentSnapshot")]
public sealed record ExperimentSnapshot
{
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required string Name { get; init; }

    /// <summary>The name shared by experiments that differ in nothing but their seed.</summary>
    [Id(2)] public required string Variant { get; init; }

    [Id(3)] public required ExperimentStatus Status { get; init; }

    /// <summary>Why it failed or paused, for people; null otherwise.</summary>
    [Id(4)] public string? Error { get; init; }

    /// <summary>How often a slot has begun to train it.</summary>
    [Id(5)] public required int Attempts { get; init; }

    /// <summary>The silo that trains it, or trained it last.</summary>
    [Id(6)] public string? Silo { get; init; }

    [Id(7)] public required ExperimentConfig Config { get; init; }

    /// <summary>Number of trainable parameters; null until it is evaluated.</summary>
    [Id(8)] public int? Parameters { get; init; }

    [Id(9)] public BestEpoch? Best { get; init; }

    [Id(10)] public ImmutableArray<EpochMetrics> History { get; init; } = [];

    [Id(11)] public TestMetrics? Test { get; init; }

    [Id(12)] public ClassificationReport? ClassificationReport { get; init; }

    [Id(13)] public ImmutableArray<ImmutableArray<int>>? ConfusionMatrix { get; init; }

    [Id(14)] public string? WeightsSha256 { get; init; }

    /// <summary>What its results depend on beside the configuration; null until a slot has trained it.</summary>
    [Id(15)] public TrainingEnvironment? Environment { get; init; }

    /// <summary>Where its training stands inside the epoch; null unless a slot trains it.</summary>
    [Id(16), JsonIgnore] public BatchProgress? Progress { get; init; }

    /// <summary>What people wrote about it; null where that is nothing.</summary>
    [Id(17)] public Annotation? Annotation { get; init; }

    /// <summary>The trace of its trainings, in 32 hexadecimal digits; null where none was sent.</summary>
    [Id(18), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? TraceId { get; init; }
}

/// <summary>
/// Experiments with the same configuration compare bit for bit only where these are the same. Of one whose attempts were not all trained in the
/// same environment, a value names all there were in their order, such as "AVX2 → AVX512".
/// </summary>
/// <param name="LibTorch">Version of libtorch.</param>
/// <param name="CpuCapability">Instruction set of libtorch's kernels, such as AVX2 or AVX512.</param>
/// <param name="Threads">libtorch threads of one experiment.</param>
/// <param name="Version">Version of Experiments.</param>
/// <param name="Processor">Maker and family, such as "AuthenticAMD family 26"; null where a version that did not tell it has trained.</param>
[GenerateSerializer, Immutable, Alias("Experiments.TrainingEnvironment")]
public sealed record TrainingEnvironment(
    [property: Id(0)] string LibTorch,
    [property: Id(1)] string CpuCapability,
    [property: Id(2)] int Threads,
    [property: Id(3)] string Version,
    [property: Id(4)] string? Processor = null)
{
    /// <summary>Stands between the values of one attempt and of a later one.</summary>
    public const string Then = " → ";

    /// <summary>What an experiment depends on whose earlier attempts were trained in this one, and the next is in another.</summary>
    public TrainingEnvironment GoesOnIn(TrainingEnvironment next) => next with
    {
        LibTorch = All(LibTorch, next.LibTorch),
        CpuCapability = All(CpuCapability, next.CpuCapability),
        Version = All(Version, next.Version),
        Processor = Processor is null || next.Processor is null ? next.Processor ?? Processor : All(Processor, next.Processor),
    };

    private static string All(string before, string next) => before.Split(Then).Contains(next) ? before : before + Then + next;
}

/// <summary>How far the epoch under way has come.</summary>
/// <param name="Epoch">The epoch being trained, from 1.</param>
/// <param name="Batch">Batches of it trained so far.</param>
/// <param name="Batches">Batches in an epoch.</param>
/// <param name="Loss">Running mean of the loss over the epoch so far, in nats.</param>
/// <param name="Accuracy">Running mean of the accuracy over the epoch so far.</param>
/// <param name="ImagesPerSecond">Over the epoch so far.</param>
[GenerateSerializer, Immutable, Alias("Experiments.BatchProgress")]
public sealed record BatchProgress(
    [property: Id(0)] int Epoch,
    [property: Id(1)] int Batch,
    [property: Id(2)] int Batches,
    [property: Id(3)] double Loss,
    [property: Id(4)] double Accuracy,
    [property: Id(5)] double ImagesPerSecond);
