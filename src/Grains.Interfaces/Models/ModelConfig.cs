using System.Collections.Immutable;

namespace Experiments;

/// <summary>A model as a list of layers; two are equal where their lists are.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.ModelConfig")]
public sealed record ModelConfig
{
    /// <summary>The name of the built-in model, in grid files.</summary>
    public const string FashionCnn = "fashion-cnn";

    /// <summary>At least one.</summary>
    [Id(0)] public required ImmutableArray<LayerConfig> Layers { get; init; }

    /// <summary>Whether it is the built-in one with other values: its dropout layers then have the rates of <see cref="ExperimentConfig.Dropout"/>.</summary>
    [Id(1)] public bool IsFashionCnn { get; init; }

    /// <summary>
    /// The notebook's CNN: three 3×3 convolutions with 32, 64 and 128 filters, the first two pooled, a dense layer of 128 and one of a value per
    /// class; 241,546 parameters for 28 × 28 pixels and ten classes. Nothing is dropped.
    /// </summary>
    public static ImmutableArray<LayerConfig> FashionCnnLayers { get; } =
    [
        new Conv2dConfig { Name = "conv1", Filters = 32, Activation = Activation.Relu, Initializer = Initializer.HeNormal },
        new MaxPool2dConfig { Name = "pool1" },
        new DropoutConfig { Name = "dropout1", Rate = 0 },
        new Conv2dConfig { Name = "conv2", Filters = 64, Activation = Activation.Relu },
        new MaxPool2dConfig { Name = "pool2" },
        new DropoutConfig { Name = "dropout2", Rate = 0 },
        new Conv2dConfig { Name = "conv3", Filters = 128, Activation = Activation.Relu },
        new DropoutConfig { Name = "dropout3", Rate = 0 },
        new FlattenConfig { Name = "flatten" },
        new DenseConfig { Name = "dense1", Units = 128, Activation = Activation.Relu },
        new DropoutConfig { Name = "dropout4", Rate = 0 },
        new DenseConfig { Name = "dense2" },
    ];

    /// <summary>The built-in one as it stands, for which a configuration has null.</summary>
    public static ModelConfig BuiltIn { get; } = new() { Layers = FashionCnnLayers, IsFashionCnn = true };

    /// <summary>The layers of an experiment's model, in their order, with the rates that count.</summary>
    public static ImmutableArray<LayerConfig> LayersOf(ExperimentConfig config)
    {
        if (config.Model is { IsFashionCnn: false } own)
        {
            return own.Layers;
        }

        var rates = config.Dropout;
        return [.. (config.Model?.Layers ?? FashionCnnLayers).Select(layer => layer is DropoutConfig dropout ? dropout with { Rate = Rate(dropout.Name) } : layer)];

        double Rate(string name) => name switch
        {
            "dropout1" => rates.Conv1,
            "dropout2" => rates.Conv2,
            "dropout3" => rates.Conv3,
            _ => rates.Dense,
        };
    }

    public bool Equals(ModelConfig? other) => other is not null && IsFashionCnn == other.IsFashionCnn && Layers.SequenceEqual(other.Layers);

    public override int GetHashCode() => Layers.Aggregate(IsFashionCnn.GetHashCode(), HashCode.Combine);
}
