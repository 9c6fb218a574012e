using System.Collections.Immutable;
using Experiments.Training.Models;
using Xunit;

namespace Experiments.Training.Tests.Models;

public sealed class ModelSummaryTests
{
    private static readonly ImageSize Size = new(28, 28);

    [Fact]
    public void TheBaselineIsTheNotebooks() => Assert.Equal(
        [
            "conv1 Conv2D (26, 26, 32) 320", "pool1 MaxPooling2D (13, 13, 32) 0", "conv2 Conv2D (11, 11, 64) 18496", "pool2 MaxPooling2D (5, 5, 64) 0",
            "conv3 Conv2D (3, 3, 128) 73856", "flatten Flatten (1152) 0", "dense1 Dense (128) 147584", "dense2 Dense (10) 1290",
        ],
        ModelSummary.Of(Layers(new()), Size, 10).Select(layer => $"{layer.Name} {layer.Type} ({string.Join(", ", layer.OutputShape)}) {layer.Parameters}"));

    [Fact]
    public void DropoutLayersComeWhereTheyDrop() => Assert.Equal(
        ["conv1", "pool1", "dropout1", "conv2", "pool2", "dropout2", "conv3", "dropout3", "flatten", "dense1", "dropout4", "dense2"],
        ModelSummary.Of(Layers(Some.Rates), Size, 10).Select(layer => layer.Name));

    [Theory]
    [InlineData(18, 18, 2)]
    [InlineData(19, 23, 5)]
    [InlineData(64, 40, 47)]
    public void ItCountsTheParametersThatTheModelHas(int height, int width, int classes)
    {
        LibTorch.Load();
        using var model = Some.Network(new ImageSize(height, width), classes, Some.Rates, seed: 1);

        Assert.Equal(model.Parameters.Sum(parameter => parameter.Count), ModelSummary.Of(Layers(Some.Rates), new ImageSize(height, width), classes).Sum(layer => layer.Parameters));
    }

    [Fact]
    public void TheBuiltInModelTakesTheLargestImages() =>
        Assert.Empty(ModelSummary.Faults(Layers(new()), new ImageSize(ModelSummary.MaximumImageSize, ModelSummary.MaximumImageSize), 10));

    public static TheoryData<LayerConfig[], int, string> Wrong => new()
    {
        { [new Conv2dConfig { Name = "c", Filters = 8 }, new DenseConfig { Name = "d" }], 1, "takes a row of values, but gets a feature map; put flatten before it" },
        { [new FlattenConfig { Name = "f" }, new MaxPool2dConfig { Name = "p" }], 1, "takes a feature map, but gets a row of values; put it before flatten" },
        { [new FlattenConfig { Name = "f" }, new FlattenConfig { Name = "g" }], 1, "takes a feature map" },
        { [new MaxPool2dConfig { Name = "p", Size = 15 }, new Conv2dConfig { Name = "c", Filters = 8 }], 1, "a kernel of 3 × 3 does not fit into a feature map of 1 × 1" },
        { [new MaxPool2dConfig { Name = "p", Size = 15 }, new MaxPool2dConfig { Name = "q" }], 1, "squares of 2 × 2 do not fit into a feature map of 1 × 1" },
        { [new Conv2dConfig { Name = "c", Filters = 8, Padding = Padding.Same, Stride = 2 }], 0, "padding same wants stride 1, not 2" },
        { [new FlattenConfig { Name = "f" }, new DenseConfig { Name = "d", Units = 11 }], 1, "one value of each of the 10 classes" },
        { [new FlattenConfig { Name = "f" }, new DenseConfig { Name = "d", Activation = Activation.Relu }], 1, "without activation" },
        { [new Conv2dConfig { Name = "c", Filters = 10 }], 0, "a model ends with a dense layer" },
        { [new FlattenConfig { Name = "f" }, new DenseConfig { Name = "d", Units = 65_536 }, new DenseConfig { Name = "e", Units = 65_536 }], 2, "62,500,000 are the most" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void WhatIsNoModelIsToldWithItsLayer(LayerConfig[] layers, int layer, string message)
    {
        var fault = Assert.Single(ModelSummary.Faults([.. layers], Size, 10));

        Assert.Equal(layer, fault.Layer);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ModelSummary.Of([.. layers], Size, 10));
    }

    [Fact]
    public void PaddingKeepsTheSizeAndAStrideDividesIt() => Assert.Equal(
        [[28, 28, 4], [13, 13, 6], [1014], [10]],
        ModelSummary.Of(
            [
                new Conv2dConfig { Name = "c", Filters = 4, Kernel = 5, Padding = Padding.Same },
                new Conv2dConfig { Name = "s", Filters = 6, Stride = 2 },
                new FlattenConfig { Name = "f" },
                new DenseConfig { Name = "d" },
            ],
            Size, 10).Select(layer => layer.OutputShape));

    private static ImmutableArray<LayerConfig> Layers(DropoutRates rates) => ModelConfig.LayersOf(new ExperimentConfig { Dropout = rates });
}
