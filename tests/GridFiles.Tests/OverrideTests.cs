using Xunit;

namespace Experiments.GridFiles.Tests;

/// <summary><c>--set key=value</c>.</summary>
public sealed class OverrideTests
{
    [Fact]
    public void AnOptionWinsOverTheGridTheExperimentAndADefault()
    {
        string yaml = Some.Experiments("- name: a\n- { name: b, training: { epochs: 7 } }", "training: { epochs: 9 }");
        Assert.Equal([2, 2], Some.Definition(yaml, "training.epochs=2").Experiments.Select(experiment => experiment.Config.Training.Epochs));
        Assert.Equal([7u, 7u], Some.Definition(yaml, "split.seed=7").Experiments.Select(experiment => experiment.Config.Split.Seed));
    }

    [Fact]
    public void KeysOfTheGridMayBeSet()
    {
        GridDefinition grid = Some.Definition(Some.Grid("priority: 1"), "priority=3", "maxParallel=2", "maxAttempts=1", "name=other");
        Assert.Equal(("other", 3, 2, 1), (grid.Name, grid.Priority, grid.MaxParallel, grid.MaxAttempts));
    }

    [Fact]
    public void AnOptionTakesThePlaceOfAMatrixsList() =>
        Assert.Equal(
            ["a-epochs=2-seed=1", "a-epochs=2-seed=2"],
            Some.Names(Some.Grid("matrix: { training.epochs: [5, 6, 7], training.seed: [1, 2] }"), "training.epochs=2"));

    [Fact]
    public void AnOptionForDropoutWinsOverEveryRate()
    {
        string yaml = Some.Experiments("- { name: a, dropout: { dense: 0.9 }, matrix: { dropout.conv1: [0.1, 0.2] } }");
        ExperimentDefinition experiment = Assert.Single(Some.Definition(yaml, "dropout=0.3").Experiments);
        Assert.Equal("a-conv1=0.3", experiment.Name);
        Assert.Equal(new DropoutRates { Conv1 = 0.3, Conv2 = 0.3, Conv3 = 0.3, Dense = 0.3 }, experiment.Config.Dropout);
    }

    [Fact]
    public void AnOptionForOneRateWinsOverDropoutAsAWhole()
    {
        string yaml = Some.Experiments("- { name: a, dropout: 0.9 }\n- { name: b, matrix: { dropout: [0.1, 0.2] } }");
        Assert.Equal([0.3, 0.3, 0.3], Some.Definition(yaml, "dropout.dense=0.3").Experiments.Select(experiment => experiment.Config.Dropout.Dense));
        Assert.Equal([0.9, 0.1, 0.2], Some.Definition(yaml, "dropout.dense=0.3").Experiments.Select(experiment => experiment.Config.Dropout.Conv1));
    }

    [Fact]
    public void AValueOfTheFileThatIsReplacedIsNotRead()
    {
        Assert.Equal(2, Some.Definition(Some.Grid("training: { epochs: many }"), "training.epochs=2").Experiments[0].Config.Training.Epochs);
        Assert.Equal(2, Some.Definition(Some.Grid("priority: many"), "priority=2").Priority);
    }

    [Theory]
    [InlineData("training.epochs", "--set training.epochs: wanted is key=value, such as training.epochs=2.")]
    [InlineData("", "--set : wanted is key=value, such as training.epochs=2.")]
    [InlineData("training.epochs=many", "--set training.epochs=many: training.epochs: is many; wanted is a whole number from 1 to 100,000.")]
    [InlineData("training.epochs=0", "--set training.epochs=0: training.epochs: is 0; wanted is a whole number from 1 to 100,000.")]
    [InlineData("training.epochs=[1, 2]", "--set training.epochs=[1, 2]: training.epochs: is [1, 2]; wanted is a whole number from 1 to 100,000.")]
    [InlineData("training.epochs=", "--set training.epochs=: training.epochs: has no value; wanted is a whole number from 1 to 100,000.")]
    [InlineData("priority=high", "--set priority=high: priority: is high; wanted is a whole number from -100 to 100.")]
    [InlineData("name=../up", "--set name=../up: name: is ../up; wanted is a name of 1 to 100 letters, digits and . _ = + -, beginning with a letter or digit.")]
    public void AWrongOptionIsNamed(string option, string fault) => Assert.Equal("grid.yaml: " + fault, Some.Fault(Some.Grid(), option));

    [Fact]
    public void AnUnknownKeyIsToldANearbyOne()
    {
        Assert.StartsWith("grid.yaml: --set training.epoch=1: training.epoch: unknown key; did you mean 'training.epochs'? Allowed: name, ", Some.Fault(Some.Grid(), "training.epoch=1"), StringComparison.Ordinal);
        Assert.StartsWith("grid.yaml: --set epochs=1: epochs: unknown key; did you mean 'training.epochs'? Allowed: name, ", Some.Fault(Some.Grid(), "epochs=1"), StringComparison.Ordinal);
    }

    [Fact]
    public void AKeySetTwiceIsAFault() => Assert.Equal("grid.yaml: --set priority=2: priority: is set twice; keep one.", Some.Fault(Some.Grid(), "priority=1", "priority=2"));

    [Fact]
    public void FaultsOfOptionsAndOfTheFileAreToldTogether() => Assert.Equal(2, Some.Faults(Some.Grid("colour: red"), "epochs=1").Length);
}
