using Xunit;

namespace Experiments.GridFiles.Tests;

/// <summary>Keys, ranges and defaults of the grid file.</summary>
public sealed class ContractTests
{
    [Fact]
    public void TheLeastGridHasTheDefaults()
    {
        GridDefinition grid = Some.Definition(Some.Grid());

        Assert.Equal("g", grid.Name);
        Assert.Equal(new DatasetReference { Name = "fashion-mnist" }, grid.Dataset);
        Assert.Equal((0, null, 3), (grid.Priority, grid.MaxParallel, grid.MaxAttempts));
        Assert.Equal(new ExperimentDefinition { Name = "a", Variant = "a", Config = new ExperimentConfig() }, Assert.Single(grid.Experiments));
    }

    [Fact]
    public void EveryKeyIsRead()
    {
        GridDefinition grid = Some.Definition("""
            name: g
            dataset: fashion-mnist
            split: { validation: 0.1, seed: 4294967295 }
            training: { epochs: 100000, batchSize: 7, learningRate: 1e-5, seed: 9223372036854775807 }
            priority: -100
            maxParallel: 2
            maxAttempts: 100
            experiments:
              - name: a
                dropout: { conv1: 0.1, conv2: 0.2, conv3: 0.3, dense: 0.4 }
            """);

        Assert.Equal((-100, 2, 100), (grid.Priority, grid.MaxParallel, grid.MaxAttempts));
        Assert.Equal(
            new ExperimentConfig
            {
                Split = new SplitConfig { Validation = 0.1, Seed = uint.MaxValue },
                Training = new TrainingConfig { Epochs = 100_000, BatchSize = 7, LearningRate = 1e-5, Seed = long.MaxValue },
                Dropout = new DropoutRates { Conv1 = 0.1, Conv2 = 0.2, Conv3 = 0.3, Dense = 0.4 },
            },
            Assert.Single(grid.Experiments).Config);
    }

    [Fact]
    public void EveryKeyOfAConfigurationIsInTheTable() =>
        Assert.Equal(
            ConfigValues.Of(new ExperimentConfig()).Select(value => value.Key).Where(key => key != "model"),
            Settings.OfExperiment.Where(setting => setting.Sets is [var key] && key == setting.Key).Select(setting => setting.Key));

    [Fact]
    public void AnExperimentOverridesWhatTheGridSaysOfTraining()
    {
        GridDefinition grid = Some.Definition(Some.Experiments("""
            - name: a
              training: { epochs: 5, seed: 7 }
            - name: b
            """, "training: { epochs: 9, batchSize: 64 }"));

        Assert.Equal(new TrainingConfig { Epochs = 5, Seed = 7, BatchSize = 64 }, grid.Experiments[0].Config.Training);
        Assert.Equal(new TrainingConfig { Epochs = 9, BatchSize = 64 }, grid.Experiments[1].Config.Training);
    }

    [Fact]
    public void OneDropoutRateIsThatOfAllFourLayers() =>
        Assert.Equal(
            new DropoutRates { Conv1 = 0.3, Conv2 = 0.3, Conv3 = 0.3, Dense = 0.3 },
            Some.Definition(Some.Experiments("- { name: a, dropout: 0.3 }")).Experiments[0].Config.Dropout);

    [Theory]
    [InlineData("split: { validation: 0 }", "split.validation: is 0; wanted is a share above 0 and below 1.")]
    [InlineData("split: { validation: 1 }", "split.validation: is 1; wanted is a share above 0 and below 1.")]
    [InlineData("split: { seed: -1 }", "split.seed: is -1; wanted is a whole number from 0 to 4,294,967,295.")]
    [InlineData("split: { seed: 4294967296 }", "split.seed: is 4294967296; wanted is a whole number from 0 to 4,294,967,295.")]
    [InlineData("training: { epochs: 0 }", "training.epochs: is 0; wanted is a whole number from 1 to 100,000.")]
    [InlineData("training: { epochs: 100001 }", "training.epochs: is 100001; wanted is a whole number from 1 to 100,000.")]
    [InlineData("training: { batchSize: 0 }", "training.batchSize: is 0; wanted is a whole number from 1 to the number of training examples.")]
    [InlineData("training: { learningRate: 0 }", "training.learningRate: is 0; wanted is a finite number above 0.")]
    [InlineData("training: { learningRate: 1e400 }", "training.learningRate: is 1e400; wanted is a finite number above 0.")]
    [InlineData("training: { seed: 9223372036854775808 }", "training.seed: is 9223372036854775808; wanted is a whole number from 0 to 9,223,372,036,854,775,807.")]
    [InlineData("priority: 101", "priority: is 101; wanted is a whole number from -100 to 100.")]
    [InlineData("priority: -101", "priority: is -101; wanted is a whole number from -100 to 100.")]
    [InlineData("maxParallel: 0", "maxParallel: is 0; wanted is a whole number from 1.")]
    [InlineData("maxAttempts: 0", "maxAttempts: is 0; wanted is a whole number from 1 to 100.")]
    [InlineData("maxAttempts: 101", "maxAttempts: is 101; wanted is a whole number from 1 to 100.")]
    public void WhatIsOutOfRangeIsToldTheRange(string line, string message) =>
        Assert.Equal($"grid.yaml:5:{line.LastIndexOf(": ", StringComparison.Ordinal) + 3}: {message}", Some.Fault(Some.Grid(line)));

    [Theory]
    [InlineData("-0.1")]
    [InlineData("1")]
    [InlineData("0.99999999999999999999")]
    public void ADropoutRateIsBelowOne(string rate) =>
        Assert.Equal(
            $"grid.yaml:5:32: dropout.dense: is {rate}; wanted is a rate of at least 0 and below 1.",
            Some.Fault(Some.Experiments($"- {{ name: a, dropout: {{ dense: {rate} }} }}")));

    [Theory]
    [InlineData("many")]
    [InlineData("1.5")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("0o17")]
    [InlineData("017")]
    [InlineData("1_000")]
    [InlineData("1,000")]
    [InlineData("true")]
    [InlineData("٣")]
    [InlineData("99999999999999999999999999")]
    public void WhatIsNoWholeNumberIsNoNumberOfEpochs(string text) =>
        Assert.Equal(
            $"grid.yaml:6:11: training.epochs: is {text}; wanted is a whole number from 1 to 100,000.",
            Some.Fault(Some.Grid($"training:\n  epochs: {text}")));

    [Theory]
    [InlineData("NaN")]
    [InlineData(".nan")]
    [InlineData(".inf")]
    [InlineData("Infinity")]
    [InlineData("∞")]
    [InlineData("0x1p3")]
    [InlineData("1_0.5")]
    [InlineData("01.5")]
    [InlineData("1.2.3")]
    [InlineData("half")]
    public void WhatIsNoNumberIsNoLearningRate(string text) =>
        Assert.Equal(
            $"grid.yaml:6:17: training.learningRate: is {text}; wanted is a finite number above 0.",
            Some.Fault(Some.Grid($"training:\n  learningRate: {text}")));

    [Theory]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("")]
    public void AKeyWithoutAValueIsAFault(string nothing)
    {
        Assert.EndsWith("training.epochs: has no value; wanted is a whole number from 1 to 100,000.", Some.Fault(Some.Grid($"training: {{ epochs: {nothing} }}")), StringComparison.Ordinal);
        Assert.EndsWith("training: has no value; wanted is a map of epochs, batchSize, learningRate, seed, optimizer, momentum, weightDecay, labelSmoothing, schedule, earlyStopping, augmentation.", Some.Fault(Some.Grid($"training: {nothing}")), StringComparison.Ordinal);
    }

    [Fact]
    public void ANumberInQuotesIsText() =>
        Assert.Equal("grid.yaml:5:24: training.batchSize: \"128\" in quotes is text; write it without quotes.", Some.Fault(Some.Grid("training: { batchSize: \"128\" }")));

    [Theory]
    [InlineData("training: [1, 2]", "training: is a list; wanted is a map of epochs, batchSize, learningRate, seed, optimizer, momentum, weightDecay, labelSmoothing, schedule, earlyStopping, augmentation.")]
    [InlineData("training: { epochs: [1] }", "training.epochs: is a list; wanted is a whole number from 1 to 100,000.")]
    [InlineData("training: { epochs: { a: 1 } }", "training.epochs: is a map; wanted is a whole number from 1 to 100,000.")]
    [InlineData("matrix: [1]", "matrix: is a list; wanted is a map of split.validation, split.seed, training.epochs, training.batchSize, training.learningRate, training.seed, training.optimizer, training.momentum, training.weightDecay, training.labelSmoothing, training.schedule, training.schedule.kind, training.schedule.warmup, training.schedule.every, training.schedule.factor, training.earlyStopping, training.earlyStopping.patience, training.earlyStopping.monitor, training.earlyStopping.restoreBest, training.augmentation.shift, training.augmentation.flip, dropout, dropout.conv1, dropout.conv2, dropout.conv3, dropout.dense, model.LAYER.VALUE.")]
    [InlineData("matrix: { training.seed: 1 }", "matrix.training.seed: is 1; wanted is a list of values, each a whole number from 0 to 9,223,372,036,854,775,807.")]
    [InlineData("matrix: { training.seed: [] }", "matrix.training.seed: is an empty list; wanted is a list of values, each a whole number from 0 to 9,223,372,036,854,775,807.")]
    public void AnotherTypeThanWantedIsNamed(string line, string message) => Assert.EndsWith(message, Some.Fault(Some.Grid(line)), StringComparison.Ordinal);

    [Theory]
    [InlineData("- baseline", "grid.yaml:5:3: experiments: is baseline; wanted is a map of name, training, model, dropout, matrix.")]
    [InlineData("- { name: a, dropout: [0.1] }", "grid.yaml:5:23: dropout: is a list; wanted is a rate of at least 0 and below 1, for all four layers, or a map of conv1, conv2, conv3, dense.")]
    [InlineData("- { training: {} }", "grid.yaml:5:3: experiments.name: is missing; it is required.")]
    [InlineData("- { name: a, split: { seed: 1 } }", "grid.yaml:5:14: experiments.split: unknown key. Allowed: name, training, model, dropout, matrix.")]
    public void AnExperimentIsAMapOfItsKeys(string experiment, string fault) => Assert.Equal(fault, Some.Fault(Some.Experiments(experiment)));

    [Theory]
    [InlineData("[]", "is an empty list")]
    [InlineData("", "has no value")]
    [InlineData("{}", "is a map")]
    public void AGridWithoutExperimentsIsAFault(string experiments, string found) =>
        Assert.Equal($"grid.yaml:3:{(experiments.Length == 0 ? 13 : 14)}: experiments: {found}; wanted is a list of experiments, each with a name.", Some.Fault($"name: g\ndataset: fashion-mnist\nexperiments: {experiments}"));

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n")]
    public void AnEmptyFileIsAFault(string yaml) => Assert.Equal("grid.yaml: is empty; a grid wants name, dataset and experiments.", Some.Fault(yaml));

    [Fact]
    public void EveryRequiredKeyThatIsMissingIsNamed() =>
        Assert.Equal(
            ["name: is missing; it is required.", "dataset: is missing; it is required.", "experiments: is missing; it is required."],
            Some.Faults("priority: 1").Select(fault => fault.Replace("grid.yaml:1:1: ", "", StringComparison.Ordinal)));

    [Theory]
    [InlineData("../up")]
    [InlineData("a/b")]
    [InlineData("a;b")]
    [InlineData("-a")]
    [InlineData(".")]
    [InlineData("<script>")]
    [InlineData("é")]
    [InlineData("\U0001F600")]
    [InlineData("a b")]
    public void ANameIsFitForAFolder(string name)
    {
        const string wanted = "; wanted is a name of 1 to 100 letters, digits and . _ = + -, beginning with a letter or digit.";
        Assert.Equal($"grid.yaml:1:7: name: is the text '{name}'{wanted}", Some.Fault($"name: '{name}'\ndataset: fashion-mnist\nexperiments: [{{ name: a }}]"));
        Assert.Equal($"grid.yaml:5:11: experiments.name: is the text '{name}'{wanted}", Some.Fault(Some.Experiments($"- {{ name: '{name}' }}")));
    }

    [Fact]
    public void ANameHasAtMostAHundredCharacters()
    {
        string longest = new('x', 100);
        Assert.Equal([longest], Some.Names(Some.Experiments($"- name: {longest}")));
        Assert.Contains("experiments.name: is xxx", Some.Fault(Some.Experiments($"- name: {longest}x")), StringComparison.Ordinal);
        Assert.Contains("xxx…;", Some.Fault(Some.Experiments($"- name: {new string('x', 10_000)}")), StringComparison.Ordinal);
    }

    [Fact]
    public void ANameEndsWhereItSeemsTo() => Assert.Contains("is the text 'a\\u000a'", Some.Fault(Some.Experiments("- name: \"a\\n\"")), StringComparison.Ordinal);

    [Fact]
    public void ANumberIsANameToo() => Assert.Equal(["2024"], Some.Names(Some.Experiments("- name: 2024")));

    [Theory]
    [InlineData("training: { epoch: 3 }", "5:13", "training.epoch: unknown key; did you mean 'epochs'? Allowed: epochs, batchSize, learningRate, seed, optimizer, momentum, weightDecay, labelSmoothing, schedule, earlyStopping, augmentation.")]
    [InlineData("training: { batchsize: 3 }", "5:13", "training.batchsize: unknown key; did you mean 'batchSize'? Allowed: epochs, batchSize, learningRate, seed, optimizer, momentum, weightDecay, labelSmoothing, schedule, earlyStopping, augmentation.")]
    [InlineData("matrx: {}", "5:1", "matrx: unknown key; did you mean 'matrix'? Allowed: name, dataset, split, training, model, experiments, matrix, priority, maxParallel, maxAttempts.")]
    [InlineData("colour: red", "5:1", "colour: unknown key. Allowed: name, dataset, split, training, model, experiments, matrix, priority, maxParallel, maxAttempts.")]
    [InlineData("matrix: { seed: [1] }", "5:11", "matrix.seed: unknown key; did you mean 'split.seed' or 'training.seed'? Allowed: split.validation, split.seed, training.epochs, training.batchSize, training.learningRate, training.seed, training.optimizer, training.momentum, training.weightDecay, training.labelSmoothing, training.schedule, training.schedule.kind, training.schedule.warmup, training.schedule.every, training.schedule.factor, training.earlyStopping, training.earlyStopping.patience, training.earlyStopping.monitor, training.earlyStopping.restoreBest, training.augmentation.shift, training.augmentation.flip, dropout, dropout.conv1, dropout.conv2, dropout.conv3, dropout.dense, model.LAYER.VALUE.")]
    public void AnUnknownKeyIsNamedWithItsPlaceAndANearbyKey(string line, string place, string message) =>
        Assert.Equal($"grid.yaml:{place}: {message}", Some.Fault(Some.Grid(line)));

    [Fact]
    public void AllFaultsAreToldAtOnceInTheOrderOfTheFile() =>
        Assert.Equal(
            ["1:7", "2:10", "3:21", "4:1", "6:7", "6:22"],
            Some.Faults("""
                name: ../up
                dataset: mnist
                training: { epochs: many }
                colour: red
                experiments:
                  - { naem: b, name: ~ }
                """).Select(fault => fault.Split(": ")[0]["grid.yaml:".Length..]));

    [Fact]
    public void TextsThatResolveAlikeGiveEqualDefinitions()
    {
        string one = Some.Grid("training: { epochs: 50, learningRate: 1e-3 }\nsplit: { validation: .20 }");
        string other = "experiments: [{ dropout: 0.0, 'name': \"a\", matrix: {} }]\ndataset: fashion-mnist # the default\nname: g\ntraining: { learningRate: 0.0010 }\nmaxAttempts: 3";

        Assert.Equal(Some.Json(Some.Definition(one)), Some.Json(Some.Definition(other)));
        Assert.Equal(ConfigValues.Of(Some.Definition(one).Experiments[0].Config), ConfigValues.Of(Some.Definition(other).Experiments[0].Config));
        Assert.NotEqual(Some.Json(Some.Definition(one)), Some.Json(Some.Definition(one, "priority=1")));
    }

    [Fact]
    public void MinusZeroIsZero() =>
        Assert.Equal("0", ConfigValues.Of(Some.Definition(Some.Experiments("- { name: a, dropout: -0.0 }")).Experiments[0].Config)[^1].Value);

    [Fact]
    public void ReadingEndsAtAHundredFaults()
    {
        string[] faults = Some.Faults(Some.Experiments(string.Concat(Enumerable.Repeat("- nothing\n", 5_000))));
        Assert.Equal(101, faults.Length);
        Assert.Equal("grid.yaml: has more faults than these 100; correct them first.", faults[0]);
    }
}
