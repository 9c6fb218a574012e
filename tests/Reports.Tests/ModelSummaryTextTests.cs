using System.Collections.Immutable;
using Xunit;

namespace Experiments.Reports.Tests;

public sealed class ModelSummaryTextTests
{
    [Fact]
    public void ItIsPrintedAsKerasPrintsIt()
    {
        ImmutableArray<LayerSummary> layers =
        [
            new("conv1", "Conv2D", [26, 26, 32], 320),
            new("pool1", "MaxPooling2D", [13, 13, 32], 0),
            new("conv2", "Conv2D", [11, 11, 64], 18_496),
            new("pool2", "MaxPooling2D", [5, 5, 64], 0),
            new("conv3", "Conv2D", [3, 3, 128], 73_856),
            new("flatten", "Flatten", [1152], 0),
            new("dense1", "Dense", [128], 147_584),
            new("dense2", "Dense", [10], 1290),
        ];
        string[] expected =
        [
            "Model: \"baseline\"",
            "_________________________________________________________________",
            "Layer (type)                 Output Shape              Param #   ",
            "=================================================================",
            "conv1 (Conv2D)               (None, 26, 26, 32)        320       ",
            "_________________________________________________________________",
            "pool1 (MaxPooling2D)         (None, 13, 13, 32)        0         ",
            "_________________________________________________________________",
            "conv2 (Conv2D)               (None, 11, 11, 64)        18496     ",
            "_________________________________________________________________",
            "pool2 (MaxPooling2D)         (None, 5, 5, 64)          0         ",
            "_________________________________________________________________",
            "conv3 (Conv2D)               (None, 3, 3, 128)         73856     ",
            "_________________________________________________________________",
            "flatten (Flatten)            (None, 1152)              0         ",
            "_________________________________________________________________",
            "dense1 (Dense)               (None, 128)               147584    ",
            "_________________________________________________________________",
            "dense2 (Dense)               (None, 10)                1290      ",
            "=================================================================",
            "Total params: 241,546",
            "Trainable params: 241,546",
            "Non-trainable params: 0",
            "_________________________________________________________________",
            "",
        ];

        Assert.Equal(expected, ModelSummaryText.Of("baseline", layers).Split('\n'));
    }

    [Fact]
    public void AColumnThatIsTooLongIsCutAndLeavesTheNextOneInItsPlace()
    {
        string row = ModelSummaryText.Of("m", [new("a-very-long-name-of-a-layer", "Conv2D", [10_000, 10_000, 100_000], 7)]).Split('\n')[4];

        Assert.Equal("a-very-long-name-of-a-layer  (None, 10000, 10000, 1000 7         ", row);
    }
}
