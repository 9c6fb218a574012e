using System.Text.Json.Serialization;

namespace Experiments;

/// <summary>One layer of a model, as the grid file lists them.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.LayerConfig")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "layer")]
[JsonDerivedType(typeof(Conv2dConfig), "conv2d")]
[JsonDerivedType(typeof(MaxPool2dConfig), "maxPool2d")]
[JsonDerivedType(typeof(DropoutConfig), "dropout")]
[JsonDerivedType(typeof(BatchNorm2dConfig), "batchNorm2d")]
[JsonDerivedType(typeof(FlattenConfig), "flatten")]
[JsonDerivedType(typeof(DenseConfig), "dense")]
public abstract record LayerConfig
{
    /// <summary>Unique in its model; names of its weights begin with it.</summary>
    [Id(0), JsonPropertyOrder(-1)] public required string Name { get; init; }
}

/// <summary>A convolution with a square kernel and a bias, then its activation. Takes and gives a feature map.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.Conv2dConfig")]
public sealed record Conv2dConfig : LayerConfig
{
    /// <summary>Channels that it gives, 1 to 4,096.</summary>
    [Id(0)] public required int Filters { get; init; }

    /// <summary>Height and width of the kernel, 1 to 15.</summary>
    [Id(1)] public int Kernel { get; init; } = 3;

    /// <summary>Pixels from one place of the kernel to the next, 1 to 15.</summary>
    [Id(2)] public int Stride { get; init; } = 1;

    [Id(3)] public Padding Padding { get; init; } = Padding.Valid;

    [Id(4)] public Activation Activation { get; init; } = Activation.None;

    [Id(5)] public Initializer Initializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>Height or width of what it gives, of a feature map of that height or width into which the kernel fits.</summary>
    public int Side(int side) => ((side - (Padding == Padding.Same ? 1 : Kernel)) / Stride) + 1;
}

/// <summary>The largest of each square of a feature map; squares lie side by side, and what is left at the right and below is not seen.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.MaxPool2dConfig")]
public sealed record MaxPool2dConfig : LayerConfig
{
    /// <summary>Height and width of a square, 2 to 15.</summary>
    [Id(0)] public int Size { get; init; } = 2;

    /// <summary>Height or width of what it gives, of a feature map of that height or width.</summary>
    public int Side(int side) => side / Size;
}

/// <summary>Drops values while training and scales the others by 1 / (1 − rate).</summary>
[GenerateSerializer, Immutable, Alias("Experiments.DropoutConfig")]
public sealed record DropoutConfig : LayerConfig
{
    /// <summary>Probability, at least 0 and below 1; 0 leaves the layer out.</summary>
    [Id(0)] public required double Rate { get; init; }
}

/// <summary>
/// Normalizes each channel of a feature map by the mean and variance of the batch while training, and by their running averages
/// otherwise; then scales and shifts it. Source: Ioffe and Szegedy, "Batch Normalization", 2015.
/// </summary>
[GenerateSerializer, Immutable, Alias("Experiments.BatchNorm2dConfig")]
public sealed record BatchNorm2dConfig : LayerConfig
{
    /// <summary>Share of the batch in the running averages after it, above 0 and at most 1, as PyTorch counts it; Keras counts the other share.</summary>
    [Id(0)] public double Momentum { get; init; } = 0.1;

    /// <summary>Added to the variance, above 0 and at most 1.</summary>
    [Id(1)] public double Epsilon { get; init; } = 1e-5;
}

/// <summary>Makes one row of a feature map.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.FlattenConfig")]
public sealed record FlattenConfig : LayerConfig;

/// <summary>A fully connected layer with a bias, then its activation. Takes and gives a row of values.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.DenseConfig")]
public sealed record DenseConfig : LayerConfig
{
    /// <summary>Values that it gives, 1 to 65,536; null for one of each class.</summary>
    [Id(0)] public int? Units { get; init; }

    [Id(1)] public Activation Activation { get; init; } = Activation.None;

    [Id(2)] public Initializer Initializer { get; init; } = Initializer.GlorotUniform;
}
