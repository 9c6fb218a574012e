using System.Collections.Immutable;
using Experiments.Training.Checkpoints;
using Experiments.Training.Data;
using TorchSharp;
using Xunit;
using static Experiments.Training.Tests.Run;

namespace Experiments.Training.Tests;

public sealed class TrainerTests
{
    private const int BatchesPerEpoch = 5;

    private static readonly Lazy<Run> Straight = new(() => Train(Some.Config()));

    [Fact]
    public void LossGoesDownAndAccuracyUp()
    {
        var run = Train(Some.Config(epochs: 6, dropout: new()));

        Assert.Equal(6, run.History.Length);
        Assert.InRange(run.History[0].TrainLoss, 1, 3);
        Assert.True(run.History[^1].TrainLoss < run.History[0].TrainLoss / 2, string.Join("; ", run.History));
        Assert.True(run.History[^1].ValidationAccuracy > 0.5, string.Join("; ", run.History));
        Assert.True(run.Completed.Evaluation.Test.Accuracy > 0.5, run.Completed.Evaluation.Test.ToString());
    }

    [Fact]
    public async Task RealClothesAreLearnt()
    {
        var all = await FashionMnist.Required();
        var some = new Dataset("subset", all.Classes, FashionMnist.First(all.Train, 1500), FashionMnist.First(all.Test, 500));

        var run = Train(Some.Config(epochs: 4, batchSize: 50, dropout: new()), Some.TrainingSet(some));

        Assert.True(run.Completed.Evaluation.Test.Accuracy > 0.65, string.Join("; ", run.History));
        Assert.True(run.History[^1].ValidationLoss < run.History[0].ValidationLoss, string.Join("; ", run.History));
    }

    [Fact]
    public void TheSameSeedGivesTheSameBitsAndAnotherOneOthers()
    {
        AssertSame(Straight.Value, Train(Some.Config()));
        Assert.NotEqual(Straight.Value.Sha256, Train(Some.Config(seed: 2)).Sha256);
        Assert.NotEqual(Straight.Value.Sha256, Train(Some.Config(dropout: new())).Sha256);
    }

    [Fact]
    public void TwoAtOnceAreAsEachAlone()
    {
        ExperimentConfig[] configs = [Some.Config(), Some.Config(seed: long.MaxValue)];
        var alone = Train(configs[1]);
        var together = new Run[2];

        Thread[] threads = [.. configs.Select((config, i) => new Thread(() => together[i] = Train(config)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        AssertSame(Straight.Value, together[0]);
        AssertSame(alone, together[1]);
    }

    [Fact]
    public void StoppedAfterAnyBatchAndResumedIsAsStraightThrough()
    {
        for (int batch = 1; batch <= 2 * BatchesPerEpoch; batch++)
        {
            using var first = new Progress { StopAfterBatch = batch };
            var stopped = Assert.IsType<TrainingOutcome.Stopped>(Train(Some.Config(), null, first));
            Assert.Equal(batch, first.Batches.Count);
            Assert.Equal(batch, stopped.Checkpoint.Position.Step);

            using var second = new Progress();
            var resumed = Run.Of(Train(Some.Config(), stopped.Checkpoint, second), [.. first.History, .. second.History]);

            Assert.Equal(2 * BatchesPerEpoch, first.Batches.Count + second.Batches.Count);
            AssertSame(Straight.Value, resumed);
        }
    }

    [Fact]
    public void StoppedBeforeAnyBatchNothingIsTrained()
    {
        using var progress = new Progress { StopAfterBatch = 1 };
        progress.BatchTrained(new BatchProgress(1, 1, 1, 0, 0, 0));

        var stopped = Assert.IsType<TrainingOutcome.Stopped>(Train(Some.Config(), null, progress));

        Assert.Single(progress.Batches);
        Assert.Equal(new TrainingPosition(), stopped.Checkpoint.Position);
        AssertSame(Straight.Value, Resume(Some.Config(), stopped.Checkpoint));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void StoppedAfterAnEpochEvenTheLastTheEvaluationFollowsLater(int epoch)
    {
        using var progress = new Progress { StopAfterEpoch = epoch };
        var stopped = Assert.IsType<TrainingOutcome.Stopped>(Train(Some.Config(), null, progress));

        Assert.Equal(epoch, stopped.Checkpoint.Position.CompletedEpochs);
        AssertSame(Straight.Value, Resume(Some.Config(), stopped.Checkpoint, progress.History));
    }

    [Fact]
    public void AnEpochsCheckpointIsWhereALostSiloGoesOn()
    {
        using var progress = new Progress();
        Train(Some.Config(), null, progress);

        AssertSame(Straight.Value, Resume(Some.Config(), progress.Checkpoints[0], progress.History.Take(1)));
    }

    [Fact]
    public void ACheckpointIsOfferedAfterEachBatchAndTrainingGoesOnFromAnyToTheSameBits()
    {
        using var progress = new Progress { TakesOffers = true };
        AssertSame(Straight.Value, Run.Of(Train(Some.Config(), null, progress), [.. progress.History]));

        Assert.Equal(
            Enumerable.Range(0, 2 * BatchesPerEpoch).Select(batch => (batch / BatchesPerEpoch, (batch % BatchesPerEpoch) + 1)),
            progress.Taken.Select(taken => (taken.Position.CompletedEpochs, taken.Position.Batch)));
        Assert.All(progress.Taken, taken => AssertSame(Straight.Value, Resume(Some.Config(), taken, progress.History.Take(taken.Position.CompletedEpochs))));
    }

    [Fact]
    public void MoreEpochsGoOnFromWhereFewerEnded()
    {
        var two = Straight.Value;
        Assert.True(two.Completed.Final.Fits(Some.Config(epochs: 3), Images.Dataset.Sha256));

        AssertSame(Train(Some.Config(epochs: 3)), Resume(Some.Config(epochs: 3), two.Completed.Final, two.History));
    }

    [Theory]
    [InlineData(1e30)]
    [InlineData(double.MaxValue)]
    public void AnExplodingLossIsTold(double learningRate)
    {
        using var progress = new Progress();

        var diverged = Assert.IsType<TrainingOutcome.Diverged>(Train(Some.Config(learningRate: learningRate), null, progress));

        Assert.Equal(1, diverged.Epoch);
        Assert.All(progress.Batches, batch => Assert.True(double.IsFinite(batch.Loss)));
        Assert.Empty(progress.History);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public void ABatchLargerThanTheSplitIsTheWholeSplit(int batchSize)
    {
        var run = Train(Some.Config(epochs: 1, batchSize: batchSize));

        Assert.Equal(1, run.Completed.Final.Position.Step);
        AssertSame(Train(Some.Config(epochs: 1, batchSize: 320)), run);
    }

    [Fact]
    public void ProgressCountsImagesAndMeansOfTheEpoch()
    {
        using var progress = new Progress();
        Train(Some.Config(), null, progress);

        Assert.Equal([1, 2, 3, 4, 5, 1, 2, 3, 4, 5], progress.Batches.Select(batch => batch.Batch));
        Assert.All(progress.Batches, (batch, i) => Assert.Equal((1 + (i / BatchesPerEpoch), BatchesPerEpoch), (batch.Epoch, batch.Batches)));
        Assert.Equal(progress.History[1].TrainLoss, progress.Batches[^1].Loss, 1e-12);
        Assert.Equal(progress.History[1].TrainAccuracy, progress.Batches[^1].Accuracy, 1e-12);
    }

    [Fact]
    public void TheBestWeightsAreThoseOfTheLowestValidationLoss()
    {
        using var progress = new Progress();
        Train(Some.Config(epochs: 4, learningRate: 0.01), null, progress);
        int best = progress.History.MinBy(epoch => epoch.ValidationLoss)!.Epoch;

        Assert.Equal(best, progress.Checkpoints[^1].Position.BestEpoch);
        Assert.Equal(progress.Checkpoints[best - 1].Weights(), progress.Checkpoints[^1].BestWeights());
    }

    [Fact]
    public void AnotherImageSizeAndNumberOfClassesTrain()
    {
        var run = Train(Some.Config(epochs: 1), Some.TrainingSet(Some.Dataset(classes: 3, height: 19, width: 23)));

        Assert.Equal(3, run.Completed.Evaluation.ConfusionMatrix.Length);
        Assert.Equal(100, run.Completed.Predictions.Predicted.Length);
        Assert.All(run.Completed.Predictions.Predicted, label => Assert.InRange(label, 0, 2));
    }

    [Fact]
    public void NoTensorIsLeftOver()
    {
        Train(Some.Config(epochs: 1));
        long left = OnItsOwnThread(() =>
        {
            Train(Some.Config(epochs: 1));
            return DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        });

        Assert.Equal(0, left);
    }

    [Fact]
    public void EveryThreadThatLoadsLibTorchWorksAlone()
    {
        int threads = OnItsOwnThread(() =>
        {
            LibTorch.Load();
            return torch.get_num_threads();
        });

        Assert.Equal(1, threads);
    }

    private static T OnItsOwnThread<T>(Func<T> work)
    {
        T result = default!;
        var thread = new Thread(() => result = work());
        thread.Start();
        thread.Join();
        return result;
    }
}
