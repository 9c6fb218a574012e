using Experiments.Training.Models;
using Xunit;

namespace Experiments.Training.Tests.Models;

/// <summary>Every optimizer over several steps against its definition, written down plainly and in double precision.</summary>
public sealed class UpdateRuleTests
{
    private const int Steps = 7;

    /// <summary>8 numbers at once, twice, and 5 one by one.</summary>
    private const int Weights = 21;

    private const double LearningRate = 0.01;

    [Theory]
    [InlineData(Optimizer.Adam, 0, 0)]
    [InlineData(Optimizer.Adam, 0, 0.1)]
    [InlineData(Optimizer.Adamw, 0, 0)]
    [InlineData(Optimizer.Adamw, 0, 0.1)]
    [InlineData(Optimizer.Sgd, 0, 0)]
    [InlineData(Optimizer.Sgd, 0, 0.1)]
    [InlineData(Optimizer.Sgd, 0.9, 0)]
    [InlineData(Optimizer.Sgd, 0.9, 0.1)]
    public void StepsAreThoseOfItsDefinition(Optimizer optimizer, double momentum, double weightDecay)
    {
        var training = new TrainingConfig { Optimizer = optimizer, Momentum = momentum, WeightDecay = weightDecay };
        foreach (bool decays in (bool[])[true, false])
        {
            float[] weights = Run(training, decays);
            double[] expected = [.. Numbers(0).Select((weight, i) => Plain(training, decays ? weightDecay : 0, weight, i))];

            Assert.All(expected.Zip(weights), pair => Assert.Equal(pair.First, pair.Second, 2e-6));
        }
    }

    [Theory]
    [InlineData(Optimizer.Adam)]
    [InlineData(Optimizer.Adamw)]
    [InlineData(Optimizer.Sgd)]
    public void WhatDoesNotDecayIsAsWithoutDecay(Optimizer optimizer)
    {
        var training = new TrainingConfig { Optimizer = optimizer, Momentum = optimizer == Optimizer.Sgd ? 0.9 : 0 };
        float[] without = Run(training, decays: true);

        Assert.Equal(without, Run(training with { WeightDecay = 0.1 }, decays: false));
        Assert.NotEqual(without, Run(training with { WeightDecay = 0.1 }, decays: true));
    }

    [Fact]
    public void AdamwWithoutDecayIsAdamToTheBit() => Assert.Equal(
        Run(new TrainingConfig { Optimizer = Optimizer.Adam }, decays: true), Run(new TrainingConfig { Optimizer = Optimizer.Adamw }, decays: true));

    [Theory]
    [InlineData(Optimizer.Adam, 0, "adam.first adam.second")]
    [InlineData(Optimizer.Adamw, 0, "adam.first adam.second")]
    [InlineData(Optimizer.Sgd, 0.5, "sgd.momentum")]
    [InlineData(Optimizer.Sgd, 0, "")]
    public void ItRemembersWhatItNeeds(Optimizer optimizer, double momentum, string moments) =>
        Assert.Equal(moments, string.Join(' ', UpdateRule.Of(new TrainingConfig { Optimizer = optimizer, Momentum = momentum }).Moments));

    [Fact]
    public void OnlyKernelsAndMatricesDecay()
    {
        LibTorch.Load();
        var update = new BatchUpdate(UpdateRule.Of(new TrainingConfig { Optimizer = Optimizer.Adamw, WeightDecay = 0.5 }), LearningRate: 0.1, Step: 1);
        foreach (long[] shape in (long[][])[[8], [2, 4], [2, 1, 2, 2]])
        {
            using var parameter = new Parameter("some", shape) { Plain = [1, 1, 1, 1, 1, 1, 1, 1] };
            parameter.OwnGradient().Clear();
            parameter.Update(update);
            Assert.All(parameter.Plain, weight => Assert.Equal(shape.Length == 1 ? 1 : 0.95f, weight));
        }
    }

    private static float[] Run(TrainingConfig training, bool decays)
    {
        var rule = UpdateRule.Of(training);
        float[] weights = [.. Numbers(0).Select(weight => (float)weight)];
        float[][] moments = [.. rule.Moments.Select(_ => new float[Weights])];
        for (int step = 1; step <= Steps; step++)
        {
            rule.Update(weights, Array.ConvertAll(Numbers(step), gradient => (float)gradient), moments, decays, LearningRate, step);
        }

        return weights;
    }

    /// <param name="i">Which of the weights it is.</param>
    private static double Plain(TrainingConfig training, double decay, double weight, int i)
    {
        double m = 0, v = 0;
        for (int step = 1; step <= Steps; step++)
        {
            double g = Numbers(step)[i];
            if (training.Optimizer == Optimizer.Sgd)
            {
                // torch.optim.SGD: d_p = grad + weight_decay · p; buf = d_p at first, then momentum · buf + d_p; p −= lr · buf.
                g += decay * weight;
                m = step == 1 ? g : (training.Momentum * m) + g;
                weight -= LearningRate * m;
                continue;
            }

            // keras.optimizers.AdamW: variable −= variable · wd · lr, and only then the step; torch.optim.Adam: grad += weight_decay · p.
            double decayed = training.Optimizer == Optimizer.Adamw ? weight - (weight * decay * LearningRate) : weight;
            g += training.Optimizer == Optimizer.Adam ? decay * weight : 0;
            m += (g - m) * (1 - 0.9);
            v += ((g * g) - v) * (1 - 0.999);
            weight = decayed - (m * LearningRate * Math.Sqrt(1 - Math.Pow(0.999, step)) / (1 - Math.Pow(0.9, step)) / (Math.Sqrt(v) + 1e-7));
        }

        return weight;
    }

    private static double[] Numbers(int step) => [.. Enumerable.Range(0, Weights).Select(i => Math.Sin((7 * i) + (3 * step) + 1))];
}
