using Experiments.Training.Data;
using Experiments.Training.Models;
using Xunit;

namespace Experiments.Training.Tests.Models;

public sealed class FashionCnnTests
{
    private const float OneMinusBeta1 = 1 - 0.9f;
    private const long Seed = long.MaxValue - 1;

    public FashionCnnTests() => LibTorch.Load();

    [Theory]
    [InlineData(28, 28, 10, 16, false)]
    [InlineData(28, 28, 10, 16, true)]
    [InlineData(28, 28, 10, 1, true)]
    [InlineData(18, 18, 2, 5, true)]
    [InlineData(18, 18, 2, 1, false)]
    [InlineData(19, 23, 3, 7, true)]
    [InlineData(21, 20, 26, 7, false)]
    [InlineData(32, 32, 100, 4, true)]
    public void LossAndGradientsAreThoseOfThePlainModel(int height, int width, int classes, int count, bool dropout)
    {
        var (rates, position) = (dropout ? Some.Rates : new DropoutRates(), new BatchPosition(Epoch: 3, Batch: 4));
        var images = Some.Images(count, classes, height, width);
        using var model = new FashionCnn(new ImageSize(height, width), classes, rates, Seed);
        using var batches = new BatchReader(images, count);
        WithBiases(model);
        var plain = PlainCnn.Run(model, Floats(images), Labels(images), height, width, rates, Seed, position);

        var (loss, correct) = model.Step(batches.Read([.. Enumerable.Range(0, count)]), position, Some.Update());

        Assert.Equal(plain.Loss, loss, 1e-5f);
        Assert.Equal(Correct(plain.Logarithms, Labels(images)), correct);
        AssertGradients(plain.Gradients, model);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.999)]
    public void SmoothedLabelsSpreadTheirShareOverAllClasses(double share)
    {
        const int Count = 12, Classes = 3;
        var images = Some.Images(Count, Classes);
        using var model = new FashionCnn(new ImageSize(28, 28), Classes, new DropoutRates(), Seed);
        using var batches = new BatchReader(images, Count);
        WithBiases(model);
        float[] logarithms = PlainCnn.Run(model, Floats(images), Labels(images), 28, 28).Logarithms;
        double[] target = [.. Enumerable.Range(0, Count * Classes).Select(i => (share / Classes) + (i % Classes == images.Labels[i / Classes] ? 1 - share : 0))];

        var (loss, _) = model.Step(batches.Read([.. Enumerable.Range(0, Count)]), new BatchPosition(1, 0), Some.Update() with { LabelSmoothing = share });

        Assert.Equal(-target.Zip(logarithms, (share, logarithm) => share * logarithm).Sum() / Count, loss, 1e-5);
        float[] gradient = Array.ConvertAll(model.Parameters.Single(parameter => parameter.Name == "dense2.bias").PlainMoments(2)[0], moment => moment / OneMinusBeta1);
        Assert.All(gradient, (value, label) => Assert.Equal(
            Enumerable.Range(0, Count).Average(image => Math.Exp(logarithms[(image * Classes) + label]) - target[(image * Classes) + label]), value, 1e-5));
    }

    [Theory]
    [InlineData(19, 23)]
    [InlineData(28, 28)]
    public void ASmallerBatchAfterALargerOneLeavesNothingOfIt(int height, int width)
    {
        var images = Some.Images(24, 10, height, width);
        var small = Some.Images(5, 10, height, width, seed: 9);
        using var model = new FashionCnn(new ImageSize(height, width), 10, Some.Rates, Seed);
        using var fresh = new FashionCnn(new ImageSize(height, width), 10, Some.Rates, Seed);
        using var larger = new BatchReader(images, 24);
        using var smaller = new BatchReader(small, 24);
        var position = new BatchPosition(1, 1);

        // A step of no size leaves the weights as they were, but fills the activations, their gradients and the masks.
        model.Step(larger.Read([.. Enumerable.Range(0, 24)]), new BatchPosition(1, 0), Some.Update(learningRate: 0));
        model.Infer(larger.Read([.. Enumerable.Range(0, 20)]));
        foreach (var parameter in model.Parameters)
            parameter.RestoreMoments([new float[parameter.Count], new float[parameter.Count]]);

        Assert.Equal(fresh.Step(smaller.Read([0, 1, 2, 3, 4]), position, Some.Update()), model.Step(smaller.Read([0, 1, 2, 3, 4]), position, Some.Update()));
        Assert.All(fresh.Parameters.Zip(model.Parameters), pair => Assert.Equal(pair.First.Plain, pair.Second.Plain));
    }

    [Fact]
    public void InferenceDropsNothing()
    {
        var images = Some.Images(12);
        using var model = new FashionCnn(new ImageSize(28, 28), 10, Some.Rates, Seed);
        using var batches = new BatchReader(images, 12);
        WithBiases(model);

        float[] logarithms = model.Infer(batches.Read([.. Enumerable.Range(0, 12)]));

        var plain = PlainCnn.Run(model, Floats(images), Labels(images), 28, 28);
        Assert.Equal(plain.Logarithms.Length, logarithms.Length);
        Assert.All(plain.Logarithms.Zip(logarithms), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Theory]
    [InlineData(0, float.NaN)]
    [InlineData(0, float.PositiveInfinity)]
    [InlineData(0, float.NegativeInfinity)]
    [InlineData(2, float.NaN)]
    [InlineData(4, float.NaN)]
    [InlineData(6, float.NaN)]
    [InlineData(8, float.NaN)]
    public void AWeightThatIsNoFiniteNumberReachesTheLoss(int parameter, float value)
    {
        var images = Some.Images(8);
        images = new ImageSet(28, 28, [.. images.Pixels.ToArray().Select((pixel, i) => i % 3 == 0 ? (byte)0 : pixel)], images.Labels.ToArray());
        using var model = new FashionCnn(new ImageSize(28, 28), 10, new DropoutRates(), Seed);
        using var batches = new BatchReader(images, 8);
        float[] weights = model.Parameters[parameter].Plain;
        weights[0] = value;
        model.Parameters[parameter].Plain = weights;

        var (loss, _) = model.Step(batches.Read([0, 1, 2, 3, 4, 5, 6, 7]), new BatchPosition(1, 0), Some.Update());

        Assert.False(float.IsFinite(loss));
    }

    [Fact]
    public void TheNotebooksModelHas241546Parameters()
    {
        using var model = new FashionCnn(new ImageSize(28, 28), 10, new DropoutRates(), Seed);

        Assert.Equal(241_546, model.Parameters.Sum(parameter => parameter.Count));
        Assert.Equal(
            ["conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "conv3.weight", "conv3.bias", "dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias"],
            model.Parameters.Select(parameter => parameter.Name));
        Assert.All(model.Parameters.Where(parameter => parameter.Name.EndsWith("bias", StringComparison.Ordinal)), bias => Assert.All(bias.Plain, value => Assert.Equal(0, value)));
    }

    // Biases start as zero: others let an error in their order show.
    private static void WithBiases(FashionCnn model)
    {
        foreach (var bias in model.Parameters.Where(parameter => parameter.Name.EndsWith("bias", StringComparison.Ordinal)))
            bias.Plain = [.. Enumerable.Range(0, bias.Count).Select(i => 0.05f * MathF.Sin(i + 1))];
    }

    private static void AssertGradients(Dictionary<string, float[]> expected, FashionCnn model)
    {
        foreach (var parameter in model.Parameters)
        {
            // After one step the first moment is the gradient times 1 − beta1.
            float[] gradient = Array.ConvertAll(parameter.PlainMoments(2)[0], moment => moment / OneMinusBeta1);
            float largest = expected[parameter.Name].Max(MathF.Abs);
            float error = expected[parameter.Name].Zip(gradient, (a, b) => MathF.Abs(a - b)).Max();
            Assert.True(error <= 1e-4f * largest, $"{parameter.Name}: off by {error} of {largest}");
            Assert.True(largest > 0, parameter.Name);
        }
    }

    private static int Correct(float[] logarithms, long[] labels)
    {
        int classes = logarithms.Length / labels.Length;
        return labels.Where((label, i) => logarithms.AsSpan(i * classes, classes) is var image && image.IndexOf(logarithms.Skip(i * classes).Take(classes).Max()) == label).Count();
    }

    private static float[] Floats(ImageSet images) => Array.ConvertAll(images.Pixels.ToArray(), pixel => pixel / 255f);

    private static long[] Labels(ImageSet images) => Array.ConvertAll(images.Labels.ToArray(), label => (long)label);
}
