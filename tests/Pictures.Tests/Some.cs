using System.Collections.Immutable;

namespace Experiments.Pictures.Tests;

/// <summary>Inputs of pictures.</summary>
internal static class Some
{
    public static ImmutableArray<string> Classes { get; } = ["T-shirt/top", "Trouser", "Pullover"];

    /// <summary>Class names of every kind that a user's file may hold.</summary>
    public static ImmutableArray<string> AwkwardNames { get; } =
    [
        "", " ", "<script>alert(1)</script>", "日本語のクラス名", "👖👗👍🏽", "a\nb\tc\0d", "lone \uD83D", "\uDC56 lone", "עברית", "e\u0301\u0301\u0301",
        "\u202Eright to left", new string('W', 100), string.Concat(Enumerable.Repeat("👖", 50)), string.Join(' ', Enumerable.Repeat("many words", 9)),
    ];

    public static ExperimentSnapshot Experiment(string name, params EpochMetrics[] history) => Seed(name, name, history);

    public static ExperimentSnapshot Seed(string name, string variant, params EpochMetrics[] history) => new()
    {
        Id = name,
        Name = name,
        Variant = variant,
        Status = ExperimentStatus.Running,
        Attempts = 1,
        Config = new ExperimentConfig(),
        History = [.. history],
    };

    /// <summary>A history that depends on the number, of losses that fall and rise again.</summary>
    public static EpochMetrics[] History(int epochs, int number = 0) =>
    [
        .. Enumerable.Range(1, epochs).Select(epoch => Epoch(epoch, trainLoss: 1.0 / (epoch + number), validationLoss: 0.5 / epoch + (0.01 * epoch) + (0.01 * number))),
    ];

    public static EpochMetrics Epoch(
        int epoch, double trainLoss = 0.5, double trainAccuracy = 0.8, double validationLoss = 0.6, double validationAccuracy = 0.9) =>
        new(epoch, trainLoss, trainAccuracy, validationLoss, validationAccuracy, Seconds: 10);

    public static ImmutableArray<ImmutableArray<int>> Matrix(params int[][] rows) => [.. rows.Select(row => row.ToImmutableArray())];

    /// <summary>A square matrix with the number on its diagonal.</summary>
    public static ImmutableArray<ImmutableArray<int>> Diagonal(int classes, int count) =>
        [.. Enumerable.Range(0, classes).Select(row => Enumerable.Range(0, classes).Select(column => row == column ? count : 0).ToImmutableArray())];

    public static ImmutableArray<string> Numbered(int classes) => [.. Enumerable.Range(0, classes).Select(number => $"class {number}")];

    /// <summary>An image of one shade.</summary>
    public static GreyImage Image(int height = 28, int width = 28, byte grey = 255) => new(height, width, Enumerable.Repeat(grey, height * width).ToArray());

    public static ImmutableArray<LayerSummary> Layers { get; } =
    [
        new("conv1", "Conv2D", [26, 26, 32], 320),
        new("flatten", "Flatten", [21632], 0),
        new("dense1", "Dense", [10], 216330),
    ];
}
