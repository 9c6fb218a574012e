using System.Globalization;
using System.Text.Json.Serialization;

namespace Experiments;

/// <summary>Everything that decides what one experiment computes, beside the dataset of its grid.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.ExperimentConfig")]
public sealed record ExperimentConfig
{
    [Id(0)] public SplitConfig Split { get; init; } = new();

    [Id(1)] public TrainingConfig Training { get; init; } = new();

    /// <summary>Of the built-in model's four dropout layers; a list of the user's own has its rates in it.</summary>
    [Id(2)] public DropoutRates Dropout { get; init; } = new();

    /// <summary>Null is <c>fashion-cnn</c> as it stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(3)] public ModelConfig? Model { get; init; }
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

    /// <summary>Step size of the optimizer before the schedule changes it, above 0 and finite.</summary>
    [Id(2)] public double LearningRate { get; init; } = 0.001;

    /// <summary>Decides the initial weights, the order of the images, the dropout masks and the augmentation; 0 to 2⁶³−1.</summary>
    [Id(3)] public long Seed { get; init; } = 1;

    [Id(4)] public Optimizer Optimizer { get; init; } = Optimizer.Adam;

    /// <summary>Share of the last step that <see cref="Optimizer.Sgd"/> adds to the next, at least 0 and below 1.</summary>
    [Id(5)] public double Momentum { get; init; }

    /// <summary>
    /// From 0. Of <see cref="Optimizer.Adamw"/> taken off the weights by itself (learning rate × decay × weight), else added to the gradient
    /// (decay × weight). Biases and the parameters of a normalization do not decay.
    /// </summary>
    [Id(6)] public double WeightDecay { get; init; }

    /// <summary>Share of the target that is spread evenly over all classes while training, at least 0 and below 1.</summary>
    [Id(7)] public double LabelSmoothing { get; init; }

    [Id(8)] public LearningRateSchedule Schedule { get; init; } = new();

    [Id(9)] public EarlyStopping EarlyStopping { get; init; } = new();

    [Id(10)] public Augmentation Augmentation { get; init; } = new();

    /// <summary>Whether a training of more epochs would have begun as this one: a cosine, which ends with the last epoch, would not.</summary>
    [JsonIgnore] public bool MayGrow => Schedule.Kind != LearningRateDecay.Cosine;

    /// <summary>Whether a training that has come so far is over: by its last epoch, or early.</summary>
    /// <param name="epochs">Epochs trained and validated.</param>
    /// <param name="bestEpoch">The best of them by what is monitored, the first where several are equal; 0 before the first epoch.</param>
    public bool IsOver(int epochs, int bestEpoch) =>
        epochs >= Epochs || (EarlyStopping.Patience > 0 && epochs - bestEpoch >= EarlyStopping.Patience);
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
