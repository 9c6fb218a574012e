using Xunit;

namespace Experiments.GridFiles.Tests;

/// <summary>What only the data can say.</summary>
public sealed class CheckAgainstTests
{
    [Fact]
    public void AGridThatFitsItsDataPasses()
    {
        Some.Read(Some.Grid()).CheckAgainst(60_000);
        Some.Read(Some.Grid("training: { batchSize: 80 }")).CheckAgainst(100);
    }

    [Fact]
    public void ABatchLargerThanTheTrainingExamplesIsNamedWhereItIsWritten() =>
        Assert.Equal(
            "grid.yaml:5:24: training.batchSize: is 81, but the split leaves 80 of 100 images to train on; 1 to 80 is allowed.",
            Fault(Some.Grid("training: { batchSize: 81 }"), 100));

    [Fact]
    public void ADefaultIsNamedWhereItApplies()
    {
        const string message = "training.batchSize: is 128, but the split leaves 80 of 100 images to train on; 1 to 80 is allowed.";
        Assert.Equal($"grid.yaml:1:1: {message}", Fault(Some.Grid(), 100));
        Assert.Equal($"grid.yaml:5:1: {message}", Fault(Some.Grid("training: { epochs: 1 }"), 100));
    }

    [Fact]
    public void OnlyTheExperimentsAndMatrixEntriesThatAreWrongAreNamed()
    {
        string yaml = Some.Experiments("- { name: a, training: { batchSize: 90 } }\n- { name: b, matrix: { training.batchSize: [10, 85] } }", "matrix: { training.seed: [1, 2] }");
        Assert.Equal(
            ["grid.yaml:5:37", "grid.yaml:6:49"],
            Some.Faults(() => Some.Read(yaml).CheckAgainst(100)).Select(fault => fault.Split(": ")[0]));
    }

    [Fact]
    public void AnOptionIsNamedAsOne() =>
        Assert.Equal(
            "grid.yaml: --set training.batchSize=81: training.batchSize: is 81, but the split leaves 80 of 100 images to train on; 1 to 80 is allowed.",
            Some.Faults(() => Some.Read(Some.Grid(), "training.batchSize=81").CheckAgainst(100))[0]);

    [Fact]
    public void ASplitLeavesImagesToTrainOn()
    {
        Assert.Equal(
            "grid.yaml:5:22: split.validation: 0.95 of 10 training images leaves 0 to train and 10 to validate on; each wants at least 1.",
            Fault(Some.Grid("split: { validation: 0.95 }"), 10));
        Assert.Equal("grid.yaml:1:1: split.validation: 0.2 of 0 training images leaves 0 to train and 0 to validate on; each wants at least 1.", Fault(Some.Grid(), 0));
        Some.Read(Some.Grid("split: { validation: 1e-300 }\ntraining: { batchSize: 9 }")).CheckAgainst(10);
    }

    private static string Fault(string yaml, int images) => Assert.Single(Some.Faults(() => Some.Read(yaml).CheckAgainst(images)));
}
