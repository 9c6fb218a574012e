using System.Globalization;

namespace Experiments;

/// <summary>Everything that decides what one experiment computes, beside the dataset of its grid.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.ExperimentConfig")]
public sealed record ExperimentConfig
{
    [Id(0)] public SplitConfig Split { get; init; } = new();

    [Id(1)] public TrainingConfig Training { get; init; } = new();

    [Id(2)] public DropoutRates Dropout { get; init; } = new();
}

/// <summary>How the training images are divided, as scikit-learn's <c>train_test_split</c> divides them.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.SplitConfig")]
public sealed record SplitConfig
{
    /// <summary>Share of the training images kept for validation, above 0 and below 1.</summary>
    [Id(0)] public double Validation { get; init; } = 0.2;

    /// <summary>The <c>random_state</c> of the split, 0 to 2³²−1.</summary>
    [Id(1)] public uint Seed { get; init; } = 2018;

    /// <summary>How many of <paramref name="images"/> training images are trained on; the others, rounded up, are for validation.</summary>
    public int TrainCount(int images) => images - (int)Math.Ceiling(Validation * images);
}

[GenerateSerializer, Immutable, Alias("Experiments.TrainingConfig")]
public sealed record TrainingConfig
{
    /// <summary>Passes over the training images, 1 to 100,000.</summary>
    [Id(0)] public int Epochs { get; init; } = 50;

    /// <summary>Images per step, 1 to the number of training images; the last batch of an epoch may be smaller.</summary>
    [Id(1)] public int BatchSize { get; init; } = 128;

    /// <summary>Step size of Adam, above 0 and finite.</summary>
    [Id(2)] public double LearningRate { get; init; } = 0.001;

    /// <summary>Decides the initial weights, the order of the images and the dropout masks; 0 to 2⁶³−1.</summary>
    [Id(3)] public long Seed { get; init; } = 1;
}

/// <summary>Probability with which each activation is dropped during training, at least 0 and below 1; 0 leaves the layer out.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.DropoutRates")]
public sealed record DropoutRates
{
    /// <summary>After the first pooling.</summary>
    [Id(0)] public double Conv1 { get; init; }

    /// <summary>After the second pooling.</summary>
    [Id(1)] public double Conv2 { get; init; }

    /// <summary>After the third convolution.</summary>
    [Id(2)] public double Conv3 { get; init; }

    /// <summary>After the hidden dense layer.</summary>
    [Id(3)] public double Dense { get; init; }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Conv1}, {Conv2}, {Conv3}, {Dense}");
}
