using Experiments.Training.Models;
using Xunit;

namespace Experiments.Training.Tests.Models;

public sealed class ModelSummaryTests
{
    [Fact]
    public void TheBaselineIsTheNotebooks() => Assert.Equal(
        [
            "conv1 Conv2D (26, 26, 32) 320", "pool1 MaxPooling2D (13, 13, 32) 0", "conv2 Conv2D (11, 11, 64) 18496", "pool2 MaxPooling2D (5, 5, 64) 0",
            "conv3 Conv2D (3, 3, 128) 73856", "flatten Flatten (1152) 0", "dense1 Dense (128) 147584", "dense2 Dense (10) 1290",
        ],
        Rows(new DropoutRates()));

    [Fact]
    public void DropoutLayersComeWhereTheyDrop() => Assert.Equal(
        ["conv1", "pool1", "dropout1", "conv2", "pool2", "dropout2", "conv3", "dropout3", "flatten", "dense1", "dropout4", "dense2"],
        ModelSummary.Of(new ImageSize(28, 28), 10, Some.Rates).Select(layer => layer.Name));

    [Theory]
    [InlineData(18, 18, 2)]
    [InlineData(19, 23, 5)]
    [InlineData(64, 40, 47)]
    public void ItCountsTheParametersThatTheModelHas(int height, int width, int classes)
    {
        LibTorch.Load();
        using var model = new FashionCnn(new ImageSize(height, width), classes, Some.Rates, seed: 1);

        Assert.Equal(model.Parameters.Sum(parameter => parameter.Count), ModelSummary.Of(new ImageSize(height, width), classes, Some.Rates).Sum(layer => layer.Parameters));
    }

    [Fact]
    public void TheSmallestImageLeavesOnePixel() => Assert.Equal(
        [1, 1, 128], ModelSummary.Of(new ImageSize(ModelSummary.MinimumImageSize, ModelSummary.MinimumImageSize), 10, new()).Single(layer => layer.Name == "conv3").OutputShape);

    [Fact]
    public void ACheckpointOfTheLargestImageFitsOneGigabyte() => Assert.InRange(
        4L * sizeof(float) * ModelSummary.Of(new ImageSize(ModelSummary.MaximumImageSize, ModelSummary.MaximumImageSize), 10, new()).Sum(layer => layer.Parameters),
        900_000_000, 999_000_000);

    private static IEnumerable<string> Rows(DropoutRates rates) => ModelSummary.Of(new ImageSize(28, 28), 10, rates)
        .Select(layer => $"{layer.Name} {layer.Type} ({string.Join(", ", layer.OutputShape)}) {layer.Parameters}");
}
