using System.Text.Json.Serialization;

namespace Experiments;

/// <summary>What the learning rate is multiplied with as training goes on.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.LearningRateSchedule")]
public sealed record LearningRateSchedule
{
    [Id(0)] public LearningRateDecay Kind { get; init; } = LearningRateDecay.Constant;

    /// <summary>Epochs in which the rate rises evenly, batch by batch, from 0 to the full one; 0 to 100,000. The decay begins after them.</summary>
    [Id(1)] public int Warmup { get; init; }

    /// <summary>Epochs between two steps of <see cref="LearningRateDecay.Step"/>, 1 to 100,000.</summary>
    [Id(2)] public int Every { get; init; } = 10;

    /// <summary>What each step of <see cref="LearningRateDecay.Step"/> multiplies the rate with, above 0 and at most 1.</summary>
    [Id(3)] public double Factor { get; init; } = 0.1;
}

[GenerateSerializer, Alias("Experiments.LearningRateDecay")]
[JsonConverter(typeof(WordConverter<LearningRateDecay>))]
public enum LearningRateDecay
{
    Constant = 0,

    /// <summary>Multiplied with a factor after every so many epochs.</summary>
    Step = 1,

    /// <summary>Half a cosine, batch by batch, down to 0 at the end of the last epoch: Loshchilov and Hutter, "SGDR", 2017, without restarts.</summary>
    Cosine = 2,
}
