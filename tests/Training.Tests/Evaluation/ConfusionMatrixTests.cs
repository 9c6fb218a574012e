using Experiments.Training.Evaluation;
using Xunit;

namespace Experiments.Training.Tests.Evaluation;

public sealed class ConfusionMatrixTests
{
    [Fact]
    public void RowsAreTrueClassesAndColumnsPredictedOnes()
    {
        var confusion = ConfusionMatrix.Of(labels: [0, 0, 0, 1, 2], predicted: [0, 1, 1, 1, 0], classes: 3);

        Assert.Equal([[1, 2, 0], [0, 1, 0], [1, 0, 0]], confusion.Select(row => row.ToArray()));
    }

    [Theory]
    [InlineData(3, 0, "labels")]
    [InlineData(0, 3, "predicted")]
    [InlineData(-1, 0, "labels")]
    public void AClassOutsideIsNamedWithItsImage(int label, int predicted, string parameter)
    {
        var fault = Assert.Throws<ArgumentOutOfRangeException>(parameter, () => ConfusionMatrix.Of([0, label], [0, predicted], classes: 3));
        Assert.Contains("Image 1 has class", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LabelsWithoutPredictionsAreRefused() => Assert.Throws<ArgumentException>("predicted", () => ConfusionMatrix.Of([0, 1], [0], 2));
}
