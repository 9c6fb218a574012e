using Xunit;

namespace Experiments.Pictures.Tests;

public class ModelPictureTests
{
    [Fact]
    public void EachLayerAddsABoxAndAnArrow()
    {
        var three = new Decoded(ModelPicture.Png("baseline", new ImageSize(28, 28), Some.Layers));
        var two = new Decoded(ModelPicture.Png("baseline", new ImageSize(28, 28), Some.Layers[..2]));

        Assert.Equal(100, three.Height - two.Height);
    }

    [Fact]
    public void NamesTypesShapesAndParametersAreDrawn()
    {
        byte[] picture = ModelPicture.Png("baseline", new ImageSize(28, 28), Some.Layers);
        LayerSummary conv = Some.Layers[0];
        LayerSummary[] others =
        [
            conv with { Name = "conv2" }, conv with { Type = "Conv3D" }, conv with { OutputShape = [26, 26, 33] }, conv with { Parameters = 321 },
        ];

        Assert.NotEqual(picture, ModelPicture.Png("baseline", new ImageSize(29, 28), Some.Layers));
        Assert.All(others, other => Assert.NotEqual(picture, ModelPicture.Png("baseline", new ImageSize(28, 28), [other, .. Some.Layers[1..]])));
    }

    [Fact]
    public void AModelWithoutLayersIsItsInput()
    {
        var picture = new Decoded(ModelPicture.Png("empty", new ImageSize(64, 48), []));

        Assert.True(picture.Height > 100);
    }

    [Fact]
    public void LongNamesWidenTheBoxes()
    {
        var narrow = new Decoded(ModelPicture.Png("baseline", new ImageSize(28, 28), Some.Layers));
        var wide = new Decoded(ModelPicture.Png("baseline", new ImageSize(28, 28), [new LayerSummary(new string('W', 60), "Dense", [1], int.MaxValue), .. Some.Layers]));

        Assert.True(wide.Width > narrow.Width + 800);
    }
}
