using Experiments.Training.Models;
using Xunit;

namespace Experiments.Training.Tests.Models;

public sealed class AdamTests
{
    [Theory]
    [InlineData(1, 0.001)]
    [InlineData(1000, 0.001)]
    [InlineData(1_000_000_000_000, 10)]
    public void AnUpdateIsKerasFormula(long step, double learningRate)
    {
        // 8 numbers at once, and 5 one by one.
        float[] weights = Numbers(13, 1), gradient = Numbers(13, 0.01), first = Numbers(13, 0.02), second = [.. Numbers(13, 0.03).Select(x => x * x)];
        double[] expected = [.. weights.Select((weight, i) => Keras(weight, gradient[i], first[i], second[i], learningRate, step))];

        new Adam().Update(weights, gradient, [first, second], decays: true, learningRate, step);

        Assert.All(expected.Zip(weights), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * Math.Max(1, Math.Abs(pair.First))));
        Assert.NotEqual(Numbers(13, 1), weights);
    }

    [Fact]
    public void TheFirstStepIsTheLearningRateWhateverTheGradient()
    {
        float[] weights = new float[3];
        new Adam().Update(weights, [100f, -0.01f, 0f], [new float[3], new float[3]], decays: true, learningRate: 0.001, step: 1);

        Assert.Equal(-0.001f, weights[0], 1e-7f);
        Assert.Equal(0.001f, weights[1], 1e-6f);
        Assert.Equal(0, weights[2]);
    }

    [Theory]
    [InlineData(double.Epsilon)]
    [InlineData(1e-30)]
    public void ALearningRateTooSmallToMatterChangesNothing(double learningRate)
    {
        float[] weights = Numbers(13, 1);
        new Adam().Update(weights, Numbers(13, 0.01), [new float[13], new float[13]], decays: true, learningRate, step: 1);
        Assert.Equal(Numbers(13, 1), weights);
    }

    // keras.optimizers.Adam.update_step: alpha = lr · √(1 − β₂ᵗ) / (1 − β₁ᵗ); w −= m · alpha / (√v + ε).
    private static double Keras(double weight, double gradient, double m, double v, double learningRate, long step)
    {
        double alpha = learningRate * Math.Sqrt(1 - Math.Pow(0.999, step)) / (1 - Math.Pow(0.9, step));
        m += (gradient - m) * (1 - 0.9);
        v += ((gradient * gradient) - v) * (1 - 0.999);
        return weight - (m * alpha / (Math.Sqrt(v) + 1e-7));
    }

    private static float[] Numbers(int count, double scale) => [.. Enumerable.Range(0, count).Select(i => (float)(scale * Math.Sin((7 * i) + 1)))];
}
