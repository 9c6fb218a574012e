using Experiments.Grains.Execution;
using Experiments.Training.Checkpoints;

namespace Experiments.Grains.Tests.Execution;

public class CheckpointNameTests
{
    [Fact]
    public void NamesAreInTheOrderOfTheirLeasesThenOfTheirPositions()
    {
        string[] names = [Of(1, 99_999, 3), Of(9, 1, 0), Of(9, 1, 12), Of(9, 2, 0), Of(10, 1, 0), Of(99_999_999, 0, 1)];

        Assert.Equal(names, names.Reverse().Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.True(CheckpointName.IsCheckpoint(name)));
        Assert.False(CheckpointName.IsCheckpoint(StoredPredictions.Name));
    }

    private static string Of(long lease, int epochs, int batch) => CheckpointName.Of(new TrainingPosition { CompletedEpochs = epochs, Batch = batch }, lease);
}
