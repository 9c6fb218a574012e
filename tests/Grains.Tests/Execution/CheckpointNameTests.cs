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

    [Fact]
    public void ALeaseHasAdvancedOnceItHasStoredACheckpointFurtherOnThanThoseBeforeIt()
    {
        Assert.False(CheckpointName.HasAdvanced([], lastLease: 1));
        Assert.False(CheckpointName.HasAdvanced([StoredPredictions.Name, Of(1, 0, 0)], lastLease: 1));
        Assert.True(CheckpointName.HasAdvanced([Of(1, 0, 1)], lastLease: 1));
        Assert.False(CheckpointName.HasAdvanced([Of(1, 3, 70)], lastLease: 2));
        Assert.False(CheckpointName.HasAdvanced([Of(1, 3, 70), Of(2, 3, 70)], lastLease: 2));
        Assert.False(CheckpointName.HasAdvanced([Of(1, 3, 70), Of(2, 0, 90)], lastLease: 2));
        Assert.True(CheckpointName.HasAdvanced([Of(2, 3, 70), Of(10, 3, 71)], lastLease: 10));
        Assert.True(CheckpointName.HasAdvanced([Of(2, 3, 70), Of(10, 4, 0)], lastLease: 10));
    }

    private static string Of(long lease, int epochs, int batch) => CheckpointName.Of(new TrainingPosition { CompletedEpochs = epochs, Batch = batch }, lease);
}
