using System.Collections.Immutable;
using Experiments.Training.Checkpoints;
using Experiments.Training.Models;
using Xunit;

namespace Experiments.Training.Tests.Checkpoints;

public sealed class CheckpointTests
{
    private const string Dataset = "92a036e2ebe86068c778d5fa3ab35af84ac50c4560456866973448edcbfd516c";

    private static readonly EpochMetrics Metrics = new(1, 0.1, 0.9, 1.0 / 3, 0.8, 12.5);

    public CheckpointTests() => LibTorch.Load();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ItIsReadAsItWasWritten(bool afterAnEpoch)
    {
        using var model = Model();
        var checkpoint = Save(model, afterAnEpoch);

        byte[] bytes = checkpoint.ToBytes();
        var read = Checkpoint.FromBytes(bytes);

        Assert.Equal(checkpoint.Position, read.Position);
        Assert.Equal(checkpoint.Config, read.Config);
        Assert.Equal(Dataset, read.DatasetSha256);
        Assert.Equal(bytes, read.ToBytes());
        Assert.Equal(checkpoint.Weights(), read.Weights());
        Assert.Equal(checkpoint.BestWeights(), read.BestWeights());
        Assert.Equal(afterAnEpoch ? 10 : 0, Safetensors.Read(read.BestWeights()).Tensors.Count);
    }

    /// <summary>The metadata are those that version 1 wrote, word for word.</summary>
    [Fact]
    public void OneOfAVersionWithoutThePresentOptionsIsReadAsOneWithTheirDefaults()
    {
        using var model = Model();
        var now = Save(model, afterAnEpoch: true);
        var old = Safetensors.Read(now.ToBytes()).Metadata.SetItems(
        [
            new("position", $$"""{"CompletedEpochs":1,"Batch":0,"Step":7,"LossSum":0,"Correct":0,"Seconds":0,"BestEpoch":1,"BestValidationLoss":{{Metrics.ValidationLoss:R}},"HistorySha256":"{{now.Position.HistorySha256}}"}"""),
            new("config", """{"Split":{"Validation":0.2,"Seed":2018},"Training":{"Epochs":2,"BatchSize":72,"LearningRate":0.001,"Seed":1},"Dropout":{"Conv1":0.25,"Conv2":0.25,"Conv3":0.4,"Dense":0.3}}"""),
        ]);

        var read = Checkpoint.FromBytes(Safetensors.Write(Safetensors.Read(now.ToBytes()).Tensors.Values, old));

        Assert.True(read.Fits(Some.Config(), Dataset));
        Assert.Equal(now.Position with { BestValidationAccuracy = 0 }, read.Position);
        Assert.Equal(now.Weights(), read.Weights());
        Assert.Equal(now.BestWeights(), read.BestWeights());
    }

    [Fact]
    public void AnotherModelTakesOverWeightsAndMoments()
    {
        using var model = Model();
        using var other = Model(seed: 2);
        other.Restore(Checkpoint.FromBytes(Save(model, afterAnEpoch: true).ToBytes()));

        Assert.All(model.Parameters.Zip(other.Parameters), pair =>
        {
            Assert.Equal(pair.First.Plain, pair.Second.Plain);
            Assert.Equal(pair.First.PlainMoments(2), pair.Second.PlainMoments(2));
            Assert.All(pair.First.PlainMoments(2), moment => Assert.NotEqual(0, moment[^1]));
        });
    }

    [Theory]
    [InlineData(Optimizer.Adamw, 0, "adam.first adam.second")]
    [InlineData(Optimizer.Sgd, 0.9, "sgd.momentum")]
    [InlineData(Optimizer.Sgd, 0, "")]
    public void ItHoldsTheMomentsThatItsOptimizerKeeps(Optimizer optimizer, double momentum, string moments)
    {
        using var model = Model();
        var config = Some.Config() with { Training = new TrainingConfig { Optimizer = optimizer, Momentum = momentum } };
        byte[] bytes = model.Save(new TrainingPosition { Batch = 3, Step = 3 }, [], config, Dataset).ToBytes();

        Assert.Equal(
            moments.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Safetensors.Read(bytes).Tensors.Keys.Where(name => name.EndsWith("/conv1.weight", StringComparison.Ordinal)).Select(name => name.Split('/')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(bytes, Checkpoint.FromBytes(bytes).ToBytes());
    }

    [Fact]
    public void AModelOfAnotherShapeIsRefused()
    {
        using var model = Model();
        using var other = Some.Network(new ImageSize(18, 18), 11, Some.Rates, seed: 1);

        var fault = Assert.Throws<SafetensorsException>(() => other.Restore(Save(model, afterAnEpoch: true)));

        Assert.Equal("The checkpoint has no 'dense2.weight' of shape [11, 128].", fault.Message);
    }

    [Fact]
    public void WeightsAreThePlainModelsWithoutMetadata()
    {
        using var model = Model();
        var (tensors, metadata) = Safetensors.Read(Save(model, afterAnEpoch: true).Weights());

        Assert.Empty(metadata);
        Assert.Equal(
            ["conv1.bias", "conv1.weight", "conv2.bias", "conv2.weight", "conv3.bias", "conv3.weight", "dense1.bias", "dense1.weight", "dense2.bias", "dense2.weight"],
            tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([64, 32, 3, 3], tensors["conv2.weight"].Shape);
        Assert.Equal([128, 128], tensors["dense1.weight"].Shape);
    }

    [Fact]
    public void OnlyTheNumberOfEpochsMayHaveChanged()
    {
        using var model = Model();
        var checkpoint = Save(model, afterAnEpoch: true);
        var config = checkpoint.Config;

        Assert.True(checkpoint.Fits(config, Dataset));
        Assert.True(checkpoint.Fits(config with { Training = config.Training with { Epochs = 99 } }, Dataset));
        Assert.False(checkpoint.Fits(config, Dataset.Replace('9', '8')));
        Assert.False(checkpoint.Fits(config with { Training = config.Training with { Seed = 2 } }, Dataset));
        Assert.False(checkpoint.Fits(config with { Training = config.Training with { BatchSize = 1 } }, Dataset));
        Assert.False(checkpoint.Fits(config with { Training = config.Training with { LearningRate = 0.0010000000000000002 } }, Dataset));
        Assert.False(checkpoint.Fits(config with { Dropout = new() }, Dataset));
        Assert.False(checkpoint.Fits(config with { Split = new() { Seed = 1 } }, Dataset));
    }

    [Theory]
    [InlineData(LearningRateDecay.Constant, true)]
    [InlineData(LearningRateDecay.Step, true)]
    [InlineData(LearningRateDecay.Cosine, false)]
    public void WhereTheLearningRateDependsOnTheLastEpochNotEvenThatMayHaveChanged(LearningRateDecay kind, bool fits)
    {
        using var model = Model();
        var training = Some.Config().Training with { Schedule = new() { Kind = kind, Warmup = 1 } };
        var config = Some.Config() with { Training = training };
        var checkpoint = model.Save(new TrainingPosition { Batch = 3, Step = 3 }, [], config, Dataset);

        Assert.True(checkpoint.Fits(config, Dataset));
        Assert.Equal(fits, checkpoint.Fits(config with { Training = training with { Epochs = 99 } }, Dataset));
        Assert.False(checkpoint.Fits(config with { Training = training with { Schedule = training.Schedule with { Warmup = 2 } } }, Dataset));
    }

    [Theory]
    [InlineData("adam.first/conv1.weight")]
    [InlineData("adam.second/dense2.bias")]
    [InlineData("best/conv3.bias")]
    public void AMissingOrMisshapenPartIsRefused(string part)
    {
        using var model = Model();
        var (tensors, metadata) = Safetensors.Read(Save(model, afterAnEpoch: true).ToBytes());

        AssertRefused(tensors.Remove(part).Values, metadata, part);
        AssertRefused(tensors.SetItem(part, new NamedTensor(part, [1], new float[1])).Values, metadata, part);
    }

    [Theory]
    [InlineData("position", "null", "'position' is null")]
    [InlineData("position", "[]", "could not be converted")]
    [InlineData("position", "{\"LossSum\":1e999}", "beyond the range")]
    [InlineData("position", "{\"Batch\":1,\"Batch\":1}", "Duplicate")]
    [InlineData("position", "{\"Batch\":-1}", "no training is ever at")]
    [InlineData("position", "{\"Seconds\":-1}", "no training is ever at")]
    [InlineData("position", "{\"CompletedEpochs\":1,\"Step\":0}", "no training is ever at")]
    [InlineData("position", "{\"BestEpoch\":3,\"Step\":3}", "no training is ever at")]
    [InlineData("position", "{\"CompletedEpochs\":1,\"Step\":9,\"BestEpoch\":1,\"HistorySha256\":\"xy\"}", "no training is ever at")]
    [InlineData("position", "{\"HistorySha256\":null}", "doesn't allow setting null")]
    [InlineData("position", "{}", "parts of no parameter")]
    [InlineData("config", "null", "'config' is null")]
    [InlineData("config", "{", "Expected depth")]
    [InlineData("config", "{\"Training\":null}", "doesn't allow setting null")]
    [InlineData("config", "{\"Training\":{\"Schedule\":null}}", "doesn't allow setting null")]
    [InlineData("config", "{\"Training\":{\"EarlyStopping\":null}}", "doesn't allow setting null")]
    [InlineData("config", "{\"Training\":{\"Augmentation\":null}}", "doesn't allow setting null")]
    [InlineData("config", "{\"Training\":{\"Optimizer\":\"newton\"}}", "could not be converted")]
    [InlineData("config", "{\"Training\":{\"Optimizer\":7}}", "could not be converted")]
    [InlineData("config", "{\"Model\":{\"Layers\":[{\"Name\":\"flatten\"}]}}", "type discriminator")]
    [InlineData("config", "{\"Model\":{}}", "Layers")]
    [InlineData("dataset", null, "dataset")]
    public void WhatNoTrainingWritesIsRefused(string key, string? value, string reason)
    {
        using var model = Model();
        var (tensors, metadata) = Safetensors.Read(Save(model, afterAnEpoch: true).ToBytes());

        AssertRefused(tensors.Values, value is null ? metadata.Remove(key) : metadata.SetItem(key, value), reason);
    }

    [Fact]
    public void ADamagedCheckpointIsRefusedOrUsable()
    {
        const int Files = 1_000;
        using var model = Model();
        byte[] original = Save(model, afterAnEpoch: true).ToBytes();
        int headerEnd = 8 + (int)BitConverter.ToInt64(original);
        var random = new Random(20_18);
        int accepted = 0;
        for (int i = 0; i < Files; i++)
        {
            byte[] damaged = Damage.Some(original, headerEnd, random);
            try
            {
                var checkpoint = Checkpoint.FromBytes(damaged);
                accepted++;
                checkpoint.Fits(Some.Config(), Dataset);
                checkpoint.BestWeights();
                model.Restore(checkpoint);
            }
            catch (SafetensorsException)
            {
            }
        }

        Assert.InRange(accepted, 1, Files - 1);
    }

    [Fact]
    public void TheHistorysHashChainsEveryEpochButNotItsSeconds()
    {
        EpochMetrics second = new(2, 0.05, 0.95, 0.3, 0.85, 11);
        string both = HistoryHash.Of([Metrics, second]);

        Assert.Equal(HistoryHash.Append(HistoryHash.Append(HistoryHash.Empty, Metrics), second), both);
        Assert.Equal(both, HistoryHash.Of([Metrics with { Seconds = 99 }, second]));
        Assert.NotEqual(both, HistoryHash.Of([Metrics with { TrainLoss = double.BitIncrement(0.1) }, second]));
        Assert.NotEqual(both, HistoryHash.Of([Metrics, second with { ValidationAccuracy = 0.8500000000000001 }]));
        Assert.NotEqual(both, HistoryHash.Of([second, Metrics]));
        Assert.Equal(64, both.Length);
    }

    private static void AssertRefused(IEnumerable<NamedTensor> tensors, ImmutableDictionary<string, string> metadata, string reason) => Assert.Contains(
        reason, Assert.Throws<SafetensorsException>(() => Checkpoint.FromBytes(Safetensors.Write(tensors, metadata))).Message, StringComparison.Ordinal);

    private static Network Model(long seed = 1)
    {
        var model = Some.Network(new ImageSize(18, 18), 10, Some.Rates, seed);
        foreach (var parameter in model.Parameters)
            parameter.RestoreMoments([Enumerable.Range(0, parameter.Count).Select(i => i + (float)seed).ToArray(), Enumerable.Range(0, parameter.Count).Select(i => (i + 1) * 0.5f).ToArray()]);
        return model;
    }

    private static Checkpoint Save(Network model, bool afterAnEpoch)
    {
        var position = new TrainingPosition { Batch = 3, Step = 7, LossSum = 0.1 + 0.2, Correct = 12, Seconds = 1.5 };
        return model.Save(afterAnEpoch ? position.AfterEpoch(Metrics, MonitoredMetric.ValidationLoss) : position with { Step = 3 }, afterAnEpoch ? model.Weights() : [], Some.Config(), Dataset);
    }
}
