using System.Collections.Immutable;

namespace Experiments;

/// <summary>Loss and hits over the test images.</summary>
/// <param name="Loss">Mean cross-entropy in nats.</param>
/// <param name="Accuracy"><paramref name="Correct"/> over all.</param>
[GenerateSerializer, Immutable, Alias("Experiments.TestMetrics")]
public sealed record TestMetrics(
    [property: Id(0)] double Loss,
    [property: Id(1)] double Accuracy,
    [property: Id(2)] int Correct,
    [property: Id(3)] int Incorrect);

/// <summary>The epoch that is best by <see cref="EarlyStopping.Monitor"/>, whose weights are kept: usually that of the lowest validation loss.</summary>
/// <param name="ValidationAccuracy">After that epoch; null where a version that did not tell it has stored the line of the grid.</param>
/// <param name="TestAccuracy">That epoch's weights on the test images; null until the experiment is evaluated.</param>
[GenerateSerializer, Immutable, Alias("Experiments.BestEpoch")]
public sealed record BestEpoch(
    [property: Id(0)] int Epoch,
    [property: Id(1)] double ValidationLoss,
    [property: Id(3)] double? ValidationAccuracy,
    [property: Id(2)] double? TestAccuracy);

/// <summary>The test-set result of a completed experiment, from the weights of its last epoch, or of its best one where those are restored.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.TestEvaluation")]
public sealed record TestEvaluation
{
    [Id(0)] public required TestMetrics Test { get; init; }

    [Id(1)] public required ClassificationReport Report { get; init; }

    /// <summary>Number of test images by true class (row) and predicted class (column).</summary>
    [Id(2)] public required ImmutableArray<ImmutableArray<int>> ConfusionMatrix { get; init; }

    /// <summary>Accuracy on the test images of the best epoch's weights.</summary>
    [Id(3)] public required double BestTestAccuracy { get; init; }

    /// <summary>SHA-256, in lower-case hexadecimal, of the exported <c>weights.safetensors</c>.</summary>
    [Id(4)] public required string WeightsSha256 { get; init; }

    /// <summary>Number of trainable parameters.</summary>
    [Id(5)] public required int Parameters { get; init; }
}

/// <summary>What the model says of each test image, in the order of the test set; all three have one element per image.</summary>
/// <param name="Labels">True class.</param>
/// <param name="Predicted">Class of the highest probability.</param>
/// <param name="Probabilities">Probability of the predicted class, 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("Experiments.Predictions")]
public sealed record Predictions(
    [property: Id(0)] ImmutableArray<int> Labels,
    [property: Id(1)] ImmutableArray<int> Predicted,
    [property: Id(2)] ImmutableArray<float> Probabilities);
