using System.Globalization;
using Xunit;

namespace Experiments.Reports.Tests;

public sealed class CsvTests
{
    [Fact]
    public void AHistoryHasTheColumnsOfTheDesignAndALineAnEpoch()
    {
        string csv = HistoryCsv.Write([new(1, 0.5, 0.25, 0.125, 0.75, 9.5), new(2, 1, 0, 2, 1, 10)]);

        Assert.Equal(
            "epoch,trainLoss,trainAccuracy,validationLoss,validationAccuracy,seconds\n1,0.5,0.25,0.125,0.75,9.5\n2,1,0,2,1,10\n", csv);
    }

    [Theory]
    [InlineData(1.0 / 3)]
    [InlineData(0.1 + 0.2)]
    [InlineData(5e-324)]
    [InlineData(double.MaxValue)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void EveryLossReadsBackAsItWas(double loss)
    {
        string cell = HistoryCsv.Write([new(1, loss, 0, 0, 0, 0)]).Split('\n')[1].Split(',')[1];

        Assert.Equal(loss, double.Parse(cell, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void PredictionsAreALineAnImageInTheirOrderFromZero()
    {
        string csv = PredictionsCsv.Write(new([9, 2], [9, 1], [0.99999994f, 0.1f]));

        Assert.Equal("index,label,predicted,probability\n0,9,9,0.99999994\n1,2,1,0.1\n", csv);
    }

    [Fact]
    public void WithoutEpochsOrImagesOnlyTheHeaderIsLeft()
    {
        Assert.Equal("epoch,trainLoss,trainAccuracy,validationLoss,validationAccuracy,seconds\n", HistoryCsv.Write([]));
        Assert.Equal("index,label,predicted,probability\n", PredictionsCsv.Write(new([], [], [])));
    }

    [Fact]
    public void PredictionsOfUnequalLengthAreRefusedWithTheirNumbers()
    {
        var error = Assert.Throws<ArgumentException>(() => PredictionsCsv.Write(new([1, 2], [1], [0.5f, 0.5f])));

        Assert.Contains("2 labels, 1 predicted classes and 2 probabilities", error.Message, StringComparison.Ordinal);
    }
}
