using System.Collections.Immutable;
using System.Diagnostics;
using Xunit;

namespace Experiments.Reports.Tests;

public sealed class ExperimentFilterTests
{
    /// <summary>The built-in model with more filters.</summary>
    private static readonly ModelConfig Wide = ModelConfig.BuiltIn with
    {
        Layers = [.. ModelConfig.FashionCnnLayers.Select(layer => layer is Conv2dConfig { Name: "conv2" } second ? second with { Filters = 96 } : layer)],
    };

    private static readonly ImmutableArray<FilteredExperiment> All =
    [
        Experiment("baseline-seed=1", ExperimentStatus.Completed, ["night"], epochs: 50, testAccuracy: 0.9042),
        Experiment("dropout-dense=0.3-seed=1", ExperimentStatus.Completed, ["night", "two words"], epochs: 50, dense: 0.3, testAccuracy: 0.9187),
        Experiment("dropout-dense=0.5-seed=1", ExperimentStatus.Failed, [], epochs: 3, dense: 0.5, bestValidationLoss: double.NaN),
        Experiment("and", ExperimentStatus.Pending, ["Day"], epochs: 0, dense: 0.5),
    ];

    [Theory]
    [InlineData("", 0, 1, 2, 3)]
    [InlineData("  ", 0, 1, 2, 3)]
    [InlineData("drop", 1, 2)]
    [InlineData("DROP", 1, 2)]
    [InlineData("seed", 0, 1, 2)]
    [InlineData("drop*seed", 1, 2)]
    [InlineData("\"and\"", 3)]
    [InlineData("\"dense=0.3\"", 1)]
    [InlineData("0.3", 1)]
    [InlineData("name:drop*", 1, 2)]
    [InlineData("name:drop")]
    [InlineData("name:and", 3)]
    [InlineData("name:a?d", 3)]
    [InlineData("name:*dense=0.5*", 2)]
    [InlineData("NAME: \"*dense=0.5*\"", 2)]
    [InlineData("status:failed", 2)]
    [InlineData("status : Completed", 0, 1)]
    [InlineData("tag:night", 0, 1)]
    [InlineData("tag:day", 3)]
    [InlineData("tag:\"two words\"", 1)]
    [InlineData("tag:nigh")]
    [InlineData("epochs=50", 0, 1)]
    [InlineData("epochs != 50", 2, 3)]
    [InlineData("epochs > 3", 0, 1)]
    [InlineData("epochs >= 3", 0, 1, 2)]
    [InlineData("epochs < 3", 3)]
    [InlineData("epochs<=3", 2, 3)]
    [InlineData("EPOCHS <= 3e0", 2, 3)]
    [InlineData("epochs > -1", 0, 1, 2, 3)]
    [InlineData("dropout.dense = 0.30", 1)]
    [InlineData("testAccuracy > 0.91 and tag:night", 1)]
    [InlineData("testAccuracy = 0.9187", 1)]
    [InlineData("training.optimizer = SGD", 1)]
    [InlineData("training.optimizer != sgd", 0, 2, 3)]
    [InlineData("model = \"fashion-cnn\" and training.augmentation.flip = false", 0, 1, 2, 3)]
    [InlineData("model.conv2.filters > 64", 2)]
    [InlineData("model.conv9.filters > 0")]
    [InlineData("model.conv1.activation != gelu", 0, 1, 2, 3)]
    public void AFilterShowsTheExperimentsForWhichItHolds(string filter, params int[] shown) => Assert.Equal(shown, Shown(filter));

    [Theory]
    [InlineData("base or drop and status:failed", 0, 2)]
    [InlineData("(base or drop) and status:failed", 2)]
    [InlineData("status:failed and drop or base", 0, 2)]
    [InlineData("not drop", 0, 3)]
    [InlineData("not drop and seed", 0)]
    [InlineData("not (drop and seed)", 0, 3)]
    [InlineData("not not drop", 1, 2)]
    [InlineData("NOT(base)AND(drop)OR(name:and)", 1, 2, 3)]
    [InlineData("drop and seed and dense and status:failed", 2)]
    public void NotBindsCloserThanAndAndAndCloserThanOr(string filter, params int[] shown) => Assert.Equal(shown, Shown(filter));

    [Theory]
    [InlineData("testAccuracy > 0", 0, 1)]
    [InlineData("testAccuracy <= 1", 0, 1)]
    [InlineData("testAccuracy != 0.5", 0, 1)]
    [InlineData("not testAccuracy > 0", 2, 3)]
    [InlineData("bestValidationLoss != 0.5")]
    public void ANumberThatIsNotKnownComparesAsNone(string filter, params int[] shown) => Assert.Equal(shown, Shown(filter));

    [Theory]
    [InlineData("drop base", "column 6: 'base' is not expected; allowed: and, or, the end.")]
    [InlineData("drop)", "column 5: ')' is not expected; allowed: and, or, the end.")]
    [InlineData("drop ! base", "column 6: '!' is not expected; allowed: and, or, the end.")]
    [InlineData(" (drop and base ", "column 17: the end is not expected; allowed: and, or, ')' for the '(' of column 2.")]
    [InlineData("drop and", "column 9: the end is not expected; allowed: a word, name:…, status:…, tag:…, a comparison such as testAccuracy > 0.9, not or '('.")]
    [InlineData("and drop", "column 1: 'and' is not expected; allowed: a word, name:…, status:…, tag:…, a comparison such as testAccuracy > 0.9, not or '('.")]
    [InlineData("a or )", "column 6: ')' is not expected; allowed: a word, name:…, status:…, tag:…, a comparison such as testAccuracy > 0.9, not or '('.")]
    [InlineData("name:", "column 6: the end is not expected; allowed: a name, such as drop*.")]
    [InlineData("tag:(a)", "column 5: '(a)' is not expected; allowed: a tag.")]
    [InlineData("tag:\"a b", "column 9: the end is not expected; allowed: '\"' for the one of column 5.")]
    [InlineData("state:failed", "column 1: unknown field 'state'; allowed before ':': name, status, tag.")]
    [InlineData("a or status:broken", "column 13: unknown status 'broken'; allowed: pending, running, paused, completed, cancelled, failed.")]
    [InlineData("status:5", "column 8: unknown status '5'; allowed: pending, running, paused, completed, cancelled, failed.")]
    [InlineData("epochs > many", "column 10: 'many' is not expected; allowed: a number, such as 0.9 or 1e-3.")]
    [InlineData("epochs == 3", "column 9: '=' is not expected; allowed: a number, such as 0.9 or 1e-3.")]
    [InlineData("epochs <", "column 9: the end is not expected; allowed: a number, such as 0.9 or 1e-3.")]
    [InlineData("epochs < NaN", "column 10: 'NaN' is not expected; allowed: a number, such as 0.9 or 1e-3.")]
    [InlineData("epochs < 1e999", "column 10: '1e999' is not expected; allowed: a number, such as 0.9 or 1e-3.")]
    [InlineData("training.optimizer < adam", "column 1: 'training.optimizer' is a word, which does not compare by '<'; allowed: = and !=.")]
    [InlineData("model =", "column 8: the end is not expected; allowed: a word.")]
    [InlineData("a and dense=0.3",
        "column 7: unknown value 'dense'; allowed: testAccuracy, testLoss, bestEpoch, bestValidationLoss, bestValidationAccuracy, bestTestAccuracy, "
        + "validationLoss, validationAccuracy, trainLoss, trainAccuracy, epochs, seconds, split.validation, split.seed, "
        + "training.epochs, training.batchSize, training.learningRate, training.seed, training.momentum, training.weightDecay, training.labelSmoothing, "
        + "training.schedule.warmup, training.schedule.every, training.schedule.factor, training.earlyStopping.patience, training.augmentation.shift, "
        + "dropout.conv1, dropout.conv2, dropout.conv3, dropout.dense, training.optimizer, training.schedule.kind, training.earlyStopping.monitor, "
        + "training.earlyStopping.restoreBest, training.augmentation.flip, model, values of layers such as model.conv2.filters. "
        + "A part of a name with '=' stands in double quotes.")]
    public void AnErrorNamesTheColumnAndWhatIsAllowedThere(string filter, string message) =>
        Assert.Equal(message, Assert.Throws<FilterException>(() => ExperimentFilter.Parse(filter)).Message);

    [Fact]
    public void AnErrorRepeatsNoMoreThanAPersonReads()
    {
        string message = Assert.Throws<FilterException>(() => ExperimentFilter.Parse($"status:{new string('x', 10_000)}")).Message;

        Assert.StartsWith($"column 8: unknown status '{new string('x', 40)}…'; allowed:", message);
    }

    /// <summary>Words and signs of the language in any order, and characters of any kind.</summary>
    [Fact]
    public void WhateverIsTypedIsAFilterOrAFilterException()
    {
        string[] words =
            ["and", "or", "not", "(", ")", "\"", ":", "<", ">", "=", "!", "name", "status", "tag", "failed", "epochs", "dropout.dense", "*", "?", "\\", "0.5", "-", " ", " ", "\t", "\0", "é", "\ud83d", "NaN"];
        int filters = 0;
        for (int seed = 0; seed < 10_000; seed++)
        {
            var random = new Random(seed);
            string text = string.Concat(Enumerable.Range(0, random.Next(25)).Select(_ =>
                random.Next(5) == 0 ? ((char)random.Next(char.MaxValue)).ToString() : words[random.Next(words.Length)]));
            try
            {
                var filter = ExperimentFilter.Parse(text);
                foreach (var experiment in All) filter.Matches(experiment);
                filters++;
            }
            catch (FilterException e)
            {
                Assert.True(e.Column >= 1 && e.Column <= text.Length + 1, $"seed {seed}: column {e.Column} of '{text}'");
            }
        }

        Assert.InRange(filters, 500, 9_500);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("not ")]
    [InlineData("not (")]
    [InlineData("(a or ")]
    public void AHundredThousandInsideOneAnotherAreRefusedWithinASecond(string opening)
    {
        string filter = string.Concat(Enumerable.Repeat(opening, 100_000)) + "a";
        var clock = Stopwatch.StartNew();

        var error = Assert.Throws<FilterException>(() => ExperimentFilter.Parse(filter));

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 1);
        Assert.EndsWith("more than 100 'not' and '(' inside one another; write fewer.", error.Message);
    }

    [Fact]
    public void TheDepthCountsWhatIsOpenAndNotWhatHasClosed()
    {
        string deep = new string('(', 100) + "drop" + new string(')', 100);

        Assert.Equal([1, 2], Shown(string.Join(" or ", Enumerable.Repeat(deep, 100))));
        Assert.Equal(101, Assert.Throws<FilterException>(() => ExperimentFilter.Parse($"({deep})")).Column);
    }

    [Theory]
    [InlineData(" or ")]
    [InlineData(" and ")]
    [InlineData(")or(")]
    public void AHundredThousandInARowAreAFilter(string between)
    {
        string filter = $"({string.Join(between, Enumerable.Repeat("drop", 100_000))})";
        var clock = Stopwatch.StartNew();

        var parsed = ExperimentFilter.Parse(filter);

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
        Assert.Equal([1, 2], Shown(parsed));
    }

    private static IEnumerable<int> Shown(string filter) => Shown(ExperimentFilter.Parse(filter));

    private static IEnumerable<int> Shown(ExperimentFilter filter) => Enumerable.Range(0, All.Length).Where(i => filter.Matches(All[i]));

    private static FilteredExperiment Experiment(
        string name, ExperimentStatus status, ImmutableArray<string> tags, int epochs, double dense = 0, double? testAccuracy = null, double? bestValidationLoss = null) =>
        FilteredExperiment.Of(
            Some.Row(name) with
            {
                Status = status,
                Annotation = tags.IsEmpty ? null : new Annotation(tags, ""),
                Last = epochs == 0 ? null : new EpochMetrics(epochs, 0.5, 0.5, 0.5, 0.5, 8),
                Best = bestValidationLoss is { } loss ? new BestEpoch(1, loss, 0.5, 0.5) : null,
                Test = testAccuracy is { } accuracy ? new TestMetrics(0.5, accuracy, 0, 0) : null,
            },
            new ExperimentConfig
            {
                Training = new TrainingConfig { Optimizer = dense == 0.3 ? Optimizer.Sgd : Optimizer.Adam },
                Dropout = new DropoutRates { Dense = dense },
                Model = status == ExperimentStatus.Failed ? Wide : null,
            });
}
