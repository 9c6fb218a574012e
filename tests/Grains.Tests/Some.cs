using System.Collections.Immutable;
using System.Net;
using Experiments.Training.Data;

namespace Experiments.Grains.Tests;

/// <summary>Values for tests, where only what a test is about need be said.</summary>
internal static class Some
{
    public static readonly DatasetReference FashionMnist = new() { Name = DatasetReference.FashionMnist, Sha256 = new string('a', 64) };

    public static readonly TrainingEnvironment Environment = new("2.10.0", "AVX2", 1, "0.1.0");

    public static readonly Annotation Annotation = Annotation.Create(["night", "Ω 🦊"], "<script>alert('it')</script>\r\n👩‍🔬 worth a second look; DROP TABLE annotation --");

    public static readonly TestEvaluation Evaluation = new()
    {
        Test = new TestMetrics(0.5, 0.75, 45, 15),
        Report = new ClassificationReport([], 0.75, new AverageMetrics(0, 0, 0, 60), new AverageMetrics(0, 0, 0, 60)),
        ConfusionMatrix = [[45, 15]],
        BestTestAccuracy = 0.8,
        WeightsSha256 = "w",
        Parameters = 7,
    };

    private static int _names;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A name not used before.</summary>
    public static string Name(string beginning = "some") => $"{beginning}-{Interlocked.Increment(ref _names)}";

    public static ExperimentConfig Config(int epochs = 2, int batchSize = 32, long seed = 1, double dropout = 0, double learningRate = 0.001) => new()
    {
        Training = new TrainingConfig { Epochs = epochs, BatchSize = batchSize, Seed = seed, LearningRate = learningRate },
        Dropout = new DropoutRates { Conv1 = dropout, Conv2 = dropout, Conv3 = dropout, Dense = dropout },
    };

    public static ExperimentDefinition Experiment(string name, ExperimentConfig? config = null) =>
        new() { Name = name, Variant = name, Config = config ?? Config() };

    public static GridDefinition Grid(string name, DatasetReference dataset, params ExperimentDefinition[] experiments) =>
        new() { Name = name, Dataset = dataset, Experiments = [.. experiments] };

    public static ExperimentRow Row(string id, ExperimentStatus status = ExperimentStatus.Running, string? error = null) =>
        new() { Id = id, Name = "baseline", Variant = "baseline", Status = status, Error = error, Epochs = 5 };

    public static EpochMetrics Epoch(int epoch) => new(epoch, 1.0 / epoch, 0.5, 2.0 / epoch, 0.25, 3.5);

    /// <summary>A slot on a silo that no cluster knows.</summary>
    public static SlotIdentity SlotOfALostSilo() => new(SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1), SiloAddress.AllocateNewGeneration()), Environment);

    public static ImmutableArray<EpochMetrics> WithoutSeconds(this IEnumerable<EpochMetrics> history) => [.. history.Select(epoch => epoch with { Seconds = 0 })];

    /// <summary>A checkpoint's worth of bytes that no compression and no chance repeats.</summary>
    public static byte[] Bytes(int length, byte first = 1)
    {
        byte[] bytes = new byte[length];
        new Random(first).NextBytes(bytes);
        return bytes;
    }

    public static DatasetLoader Loader() => new(new DatasetOptions());
}
