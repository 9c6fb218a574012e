using System.Security.Cryptography;
using Experiments.Training.Checkpoints;
using Experiments.Training.Data;
using Xunit;
using static Experiments.Training.Tests.Run;

namespace Experiments.Training.Tests;

/// <summary>What a training may be told beside its epochs, its batch size, its learning rate and its seed.</summary>
public sealed class TrainingOptionsTests
{
    private const int BatchesPerEpoch = 3;

    /// <summary>Of its 128 images to train on, batches of 56 leave a last one of 16.</summary>
    private static readonly TrainingSet Small = Some.TrainingSet(Some.Dataset(train: 160, test: 50, height: 18, width: 18));

    /// <summary>Nothing can be learnt of its labels: what is learnt by heart soon makes the validation worse.</summary>
    private static readonly TrainingSet Unlearnable = Some.TrainingSet(WithRandomLabels(Small.Dataset));

    /// <summary>Each of the options alone, by its name.</summary>
    private static readonly Dictionary<string, Func<TrainingConfig, TrainingConfig>> Options = new()
    {
        ["none"] = training => training,
        ["weight decay"] = training => training with { WeightDecay = 0.01 },
        ["adamw"] = training => training with { Optimizer = Optimizer.Adamw, WeightDecay = 0.01 },
        ["sgd"] = training => training with { Optimizer = Optimizer.Sgd },
        ["momentum"] = training => training with { Optimizer = Optimizer.Sgd, Momentum = 0.9 },
        ["label smoothing"] = training => training with { LabelSmoothing = 0.1 },
        ["warm-up"] = training => training with { Schedule = new() { Warmup = 1 } },
        ["step"] = training => training with { Schedule = new() { Kind = LearningRateDecay.Step, Every = 1, Factor = 0.5 } },
        ["cosine"] = training => training with { Schedule = new() { Kind = LearningRateDecay.Cosine } },
        ["shift"] = training => training with { Augmentation = new() { Shift = 2 } },
        ["flip"] = training => training with { Augmentation = new() { Flip = true } },
    };

    [Fact]
    public void EachChangesTheResultInItsOwnWay() =>
        Assert.Equal(Options.Count, Options.Values.Select(option => Train(Config(option), Small).Sha256).Distinct().Count());

    [Theory]
    [InlineData(Optimizer.Adam)]
    [InlineData(Optimizer.Adamw)]
    [InlineData(Optimizer.Sgd)]
    public void StoppedAfterAnyBatchAndResumedIsAsStraightThroughWithAllOfThem(Optimizer optimizer)
    {
        var config = Config(training => All(training, optimizer));
        var straight = Train(config, Small);
        for (int batch = 1; batch <= 2 * BatchesPerEpoch; batch++)
        {
            using var first = new Progress { StopAfterBatch = batch };
            var stopped = Assert.IsType<TrainingOutcome.Stopped>(Train(config, null, first, Small));

            AssertSame(straight, Resume(config, stopped.Checkpoint, first.History, Small));
        }
    }

    [Fact]
    public void AnotherBatchSizeLeavesTheAugmentationAsItIs()
    {
        // The loss is summed in another order.
        var training = Still.Training with { Augmentation = new() { Shift = 4, Flip = true } };
        var small = Train(Still with { Training = training }, Small);
        var large = Train(Still with { Training = training with { BatchSize = 128 } }, Small);
        var plain = Train(Still, Small);

        Assert.All(small.History.Zip(large.History), pair => Assert.Equal(pair.First.TrainLoss, pair.Second.TrainLoss, 1e-6));
        Assert.NotEqual(small.History[0].TrainLoss, small.History[1].TrainLoss, 1e-4);
        Assert.NotEqual(small.History[0].TrainLoss, plain.History[0].TrainLoss, 1e-4);
        Assert.Equal(small.History[0].ValidationLoss, plain.History[0].ValidationLoss);
    }

    [Fact]
    public void LabelsAreSmoothedInTraining()
    {
        var plain = Train(Still, Small);
        var smoothed = Train(Still with { Training = Still.Training with { LabelSmoothing = 0.5 } }, Small);

        Assert.NotEqual(plain.History[0].TrainLoss, smoothed.History[0].TrainLoss, 1e-4);
        Assert.Equal(plain.History[0].ValidationLoss, smoothed.History[0].ValidationLoss);
        Assert.Equal(plain.Completed.Evaluation.Test.Loss, smoothed.Completed.Evaluation.Test.Loss);
    }

    [Fact]
    public void ImagesTooSmallForTheirShiftAreToldOf() => Assert.Throws<DatasetException>(() => Train(Config(training => training with { Augmentation = new() { Shift = 18 } }), Small));

    [Theory]
    [InlineData(MonitoredMetric.ValidationLoss, false)]
    [InlineData(MonitoredMetric.ValidationLoss, true)]
    [InlineData(MonitoredMetric.ValidationAccuracy, true)]
    public void ItStopsOncePatienceIsOutAndGivesWhatIsAskedFor(MonitoredMetric monitor, bool restoreBest)
    {
        var early = new EarlyStopping { Patience = 2, Monitor = monitor, RestoreBest = restoreBest };
        var run = Train(Long(early), Unlearnable);
        var without = Train(Long(early with { Patience = 0 }), Unlearnable);

        Assert.True(run.History.Length < without.History.Length);
        Assert.Equal(run.History.Select(epoch => epoch.TrainLoss), without.History.Take(run.History.Length).Select(epoch => epoch.TrainLoss));
        Assert.Equal(run.History.Length - 2, Best(run, monitor));
        Assert.All(Enumerable.Range(1, run.History.Length - 1), epochs => Assert.True(epochs - Best(run with { History = run.History[..epochs] }, monitor) < 2));
        Assert.Equal(Best(run, monitor), run.Completed.Final.Position.BestEpoch);

        var final = run.Completed.Final;
        byte[] last = Safetensors.Write(final.Parameters.Select(parameter => parameter.Values), new Dictionary<string, string>());
        Assert.NotEqual(last, final.BestWeights());
        Assert.Equal(restoreBest ? final.BestWeights() : last, final.Weights());
        Assert.Equal(run.Sha256, Convert.ToHexStringLower(SHA256.HashData(final.Weights())));
        Assert.True(!restoreBest || run.Completed.Evaluation.Test.Accuracy == run.Completed.Evaluation.BestTestAccuracy);
    }

    [Fact]
    public void RestoredWeightsAreThoseOfATrainingThatEndsWithTheBestEpoch()
    {
        var early = new EarlyStopping { Patience = 2, RestoreBest = true };
        var run = Train(Long(early), Unlearnable);

        var best = Train(Long(early, epochs: run.History.Length - 2), Unlearnable);

        Assert.Equal(best.Sha256, run.Sha256);
        Assert.Equal(best.Completed.Evaluation.Test, run.Completed.Evaluation.Test);
        Assert.Equal(best.Completed.Predictions.Probabilities, run.Completed.Predictions.Probabilities);
    }

    [Fact]
    public void WhatStoppedEarlyStaysStoppedAndIsResumableBefore()
    {
        var early = new EarlyStopping { Patience = 2, RestoreBest = true };
        var straight = Train(Long(early), Unlearnable);

        using var progress = new Progress { TakesOffers = true };
        AssertSame(straight, Of(Train(Long(early), null, progress, Unlearnable), [.. progress.History]));
        Assert.All(progress.Taken, taken => AssertSame(straight, Resume(Long(early), taken, progress.History.Take(taken.Position.CompletedEpochs), Unlearnable)));
        Assert.All(progress.Checkpoints, taken => AssertSame(straight, Resume(Long(early), taken, progress.History.Take(taken.Position.CompletedEpochs), Unlearnable)));
        AssertSame(straight, Resume(Long(early, epochs: 1000), straight.Completed.Final, straight.History, Unlearnable));
    }

    private static ExperimentConfig Config(Func<TrainingConfig, TrainingConfig> option) =>
        Some.Config(batchSize: 56) with { Training = option(Some.Config(batchSize: 56).Training) };

    /// <summary>With a learning rate of next to nothing the losses are those of the images alone.</summary>
    private static ExperimentConfig Still => Some.Config(batchSize: 56, learningRate: 1e-30, dropout: new());

    private static TrainingConfig All(TrainingConfig training, Optimizer optimizer) => training with
    {
        Optimizer = optimizer,
        Momentum = optimizer == Optimizer.Sgd ? 0.9 : 0,
        WeightDecay = 0.01,
        LabelSmoothing = 0.1,
        Schedule = new() { Kind = LearningRateDecay.Cosine, Warmup = 1 },
        EarlyStopping = new() { Patience = 1, Monitor = MonitoredMetric.ValidationAccuracy, RestoreBest = true },
        Augmentation = new() { Shift = 2, Flip = true },
    };

    private static ExperimentConfig Long(EarlyStopping early, int epochs = 12)
    {
        var config = Some.Config(epochs, batchSize: 64, learningRate: 0.01, dropout: new());
        return config with { Training = config.Training with { EarlyStopping = early } };
    }

    private static Dataset WithRandomLabels(Dataset dataset)
    {
        var random = new MersenneTwister(3);
        return new Dataset("random labels", dataset.Classes, Shuffled(dataset.Train), Shuffled(dataset.Test));

        ImageSet Shuffled(ImageSet images) =>
            new(images.Height, images.Width, images.Pixels.ToArray(), [.. Enumerable.Range(0, images.Count).Select(_ => (int)random.NextUpTo(9))]);
    }

    private static int Best(Run run, MonitoredMetric monitor) => (monitor == MonitoredMetric.ValidationLoss
        ? run.History.MinBy(epoch => epoch.ValidationLoss)
        : run.History.MaxBy(epoch => epoch.ValidationAccuracy))!.Epoch;
}
