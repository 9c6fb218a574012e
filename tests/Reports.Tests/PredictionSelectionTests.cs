using System.Collections.Immutable;
using Xunit;

namespace Experiments.Reports.Tests;

public sealed class PredictionSelectionTests
{
    /// <summary>Images 0 to 7: hits are 0, 3, 5 and 7; 1 and 6 are shirts (2) taken for coats (1), 2 is a coat taken for a shirt, 4 a bag (0) taken for a shirt.</summary>
    private static readonly Predictions Predictions = new(
        [0, 2, 1, 2, 0, 1, 2, 0],
        [0, 1, 2, 2, 2, 1, 1, 0],
        [0.9f, 0.8f, 0.95f, 0.9f, 0.8f, 0.6f, 0.99f, 0.9f]);

    [Fact]
    public void ErrorsComeFirstTheMostConfidentOnesAheadAndTiesByIndex() =>
        Assert.Equal([6, 2, 1, 4, 0, 3, 7, 5], Indices(new PredictionSelection()));

    [Fact]
    public void RightAndWrongOnesAreSelected()
    {
        Assert.Equal([0, 3, 7, 5], Indices(new PredictionSelection { Correct = true }));
        Assert.Equal([6, 2, 1, 4], Indices(new PredictionSelection { Correct = false }));
    }

    [Fact]
    public void ACellOfTheConfusionMatrixIsSelectedByItsTrueAndItsPredictedClass()
    {
        Assert.Equal([6, 1], Indices(new PredictionSelection { Label = 2, Predicted = 1 }));
        Assert.Equal([6, 1, 3], Indices(new PredictionSelection { Label = 2 }));
        Assert.Equal([2, 4, 3], Indices(new PredictionSelection { Predicted = 2 }));
        Assert.Equal([3], Indices(new PredictionSelection { Predicted = 2, Correct = true }));
        Assert.Empty(Indices(new PredictionSelection { Label = 0, Predicted = 1 }));
        Assert.Empty(Indices(new PredictionSelection { Label = 9 }));
    }

    [Fact]
    public void PagesFollowEachOtherAndSayHowManyThereAreInAll()
    {
        var wrong = new PredictionSelection { Correct = false };

        var pages = new[] { 0, 3, 6 }.Select(skip => wrong.Page(Predictions, skip, take: 3)).ToArray();

        Assert.Equal([[6, 2, 1], [4], []], pages.Select(page => page.Images.Select(image => image.Index).ToArray()));
        Assert.All(pages, page => Assert.Equal(4, page.Count));
        Assert.Equal((4, 0), (wrong.Page(Predictions, 0, take: 0).Count, wrong.Page(Predictions, 0, take: 0).Images.Length));
    }

    [Fact]
    public void AnImageIsShownWithWhatTheExperimentSaysOfIt() =>
        Assert.Equal(new PredictedImage(6, Label: 2, Predicted: 1, 0.99f), new PredictionSelection().Page(Predictions, 0, 1).Images.Single());

    [Fact]
    public void WhatMakesNoSenseIsRefused()
    {
        var all = new PredictionSelection();

        Assert.Throws<ArgumentOutOfRangeException>(() => all.Page(Predictions, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => all.Page(Predictions, 0, -1));
        Assert.Contains("2 predicted classes", Assert.Throws<ArgumentException>(() => all.Page(new Predictions([0, 1, 2], [0, 1], [1, 1, 1]), 0, 1)).Message, StringComparison.Ordinal);
    }

    private static ImmutableArray<int> Indices(PredictionSelection selection)
    {
        var page = selection.Page(Predictions, skip: 0, take: 100);
        Assert.Equal(page.Count, page.Images.Length);
        return [.. page.Images.Select(image => image.Index)];
    }
}
