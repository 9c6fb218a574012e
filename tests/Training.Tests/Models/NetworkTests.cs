using System.Collections.Immutable;
using Experiments.Training.Data;
using Experiments.Training.Models;
using Xunit;

namespace Experiments.Training.Tests.Models;

public sealed class NetworkTests
{
    private const float OneMinusBeta1 = 1 - 0.9f;
    private const long Seed = long.MaxValue - 1;

    public NetworkTests() => LibTorch.Load();

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
        using var model = Some.Network(new ImageSize(height, width), classes, rates, Seed);
        using var batches = new BatchReader(images, count, model.Input);
        WithBiases(model);
        var plain = PlainNetwork.Run(model, Some.Layers(rates), images, Seed, position);

        var (loss, correct) = model.Step(batches.Read([.. Enumerable.Range(0, count)]), position, Some.Update());

        Assert.Equal(plain.Loss, loss, 1e-5f);
        Assert.Equal(Correct(plain.Logarithms, images.Labels.ToArray()), correct);
        AssertGradients(plain.Gradients, model);
    }

    public static TheoryData<string, LayerConfig[]> OwnModels => new()
    {
        { "odd numbers of filters", [new Conv2dConfig { Name = "a", Filters = 5, Activation = Activation.Relu }, new MaxPool2dConfig { Name = "p" }, new DropoutConfig { Name = "d", Rate = 0.4 }, .. End()] },
        { "pooled twice", [Relu("a", 8), new MaxPool2dConfig { Name = "p" }, Relu("b", 24), new MaxPool2dConfig { Name = "q" }, new DropoutConfig { Name = "d", Rate = 0.4 }, .. End()] },
        { "pooled by three", [Relu("a", 16), new MaxPool2dConfig { Name = "p", Size = 3 }, Relu("b", 8), .. End()] },
        { "pooled first", [new MaxPool2dConfig { Name = "p" }, Relu("a", 16), .. End()] },
        { "strides", [Relu("a", 16) with { Stride = 2 }, Relu("b", 8) with { Kernel = 5 }, new Conv2dConfig { Name = "c", Filters = 3, Stride = 3, Kernel = 2 }, .. End()] },
        { "padding", [Relu("a", 16) with { Padding = Padding.Same }, new MaxPool2dConfig { Name = "p" }, Relu("b", 8) with { Padding = Padding.Same, Kernel = 4 }, .. End()] },
        { "normalized", [Relu("a", 16) with { Activation = Activation.None }, new BatchNorm2dConfig { Name = "n" }, Relu("b", 8), new MaxPool2dConfig { Name = "p" }, new BatchNorm2dConfig { Name = "m", Momentum = 0.3, Epsilon = 0.01 }, .. End()] },
        { "normalized images", [new BatchNorm2dConfig { Name = "n" }, Relu("a", 16), new MaxPool2dConfig { Name = "p" }, .. End()] },
        { "every activation", [.. Enum.GetValues<Activation>().Select(each => new Conv2dConfig { Name = each.ToString(), Filters = 4, Activation = each }), .. End()] },
        { "dense activations", [new FlattenConfig { Name = "f" }, .. Enum.GetValues<Activation>().Select(each => new DenseConfig { Name = each.ToString(), Units = 12, Activation = each }), new DropoutConfig { Name = "d", Rate = 0.2 }, new DenseConfig { Name = "end" }] },
        { "dropout of the images", [new DropoutConfig { Name = "d", Rate = 0.3 }, Relu("a", 8), new DropoutConfig { Name = "e", Rate = 0.3 }, .. End()] },
        { "nothing but logits", [new FlattenConfig { Name = "f" }, new DenseConfig { Name = "end" }] },
        { "dropout after flatten", [Relu("a", 8), new FlattenConfig { Name = "f" }, new DropoutConfig { Name = "d", Rate = 0.5 }, new DenseConfig { Name = "h", Units = 16, Activation = Activation.Relu }, new DropoutConfig { Name = "e", Rate = 0.5 }, new DenseConfig { Name = "end" }] },
    };

    [Theory]
    [MemberData(nameof(OwnModels))]
    public void AnyListOfLayersTrainsAsThePlainModelDoes(string what, LayerConfig[] layers)
    {
        const int Classes = 3, Count = 9;
        var images = Some.Images(Count, Classes, height: 25, width: 22);
        using var model = new Network([.. layers], new ImageSize(25, 22), Classes, Seed);
        using var batches = new BatchReader(images, Count, model.Input);
        WithBiases(model);
        int[] all = [.. Enumerable.Range(0, Count)];
        var position = new BatchPosition(2, 5);
        var plain = PlainNetwork.Run(model, [.. layers], images, Seed, position);

        var (loss, _) = model.Step(batches.Read(all), position, Some.Update());

        Assert.True(MathF.Abs(plain.Loss - loss) < 1e-5f, $"{what}: {plain.Loss} and {loss}");
        AssertGradients(plain.Gradients, model);
        Assert.All(plain.Averages, average => Assert.All(
            average.Value.Zip(model.Parameters.Single(parameter => parameter.Name == average.Key).Plain), pair => Assert.Equal(pair.First, pair.Second, 1e-5f)));
        Assert.All(PlainNetwork.Run(model, [.. layers], images).Logarithms.Zip(model.Infer(batches.Read(all))), pair => Assert.Equal(pair.First, pair.Second, 2e-5f));
    }

    [Fact]
    public void OnlyThePartOfTheImagesThatReachesTheResultIsComputed()
    {
        Assert.Equal(new ImageSize(26, 26), Input(Some.Layers(new())));
        Assert.Equal(new ImageSize(28, 28), Input([Relu("a", 8) with { Padding = Padding.Same }, new MaxPool2dConfig { Name = "p", Size = 5 }, .. End()]));
        Assert.Equal(new ImageSize(27, 27), Input([Relu("a", 8) with { Stride = 2 }, .. End()]));
        Assert.Equal(new ImageSize(28, 28), Input([Relu("a", 8), new BatchNorm2dConfig { Name = "n" }, new MaxPool2dConfig { Name = "p", Size = 3 }, .. End()]));

        static ImageSize Input(ImmutableArray<LayerConfig> layers)
        {
            using var model = new Network(layers, new ImageSize(28, 28), 10, Seed);
            return model.Input;
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.999)]
    public void SmoothedLabelsSpreadTheirShareOverAllClasses(double share)
    {
        const int Count = 12, Classes = 3;
        var images = Some.Images(Count, Classes);
        using var model = Some.Network(new ImageSize(28, 28), Classes, new DropoutRates(), Seed);
        using var batches = new BatchReader(images, Count, model.Input);
        WithBiases(model);
        float[] logarithms = PlainNetwork.Run(model, Some.Layers(new()), images).Logarithms;
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
        using var model = Some.Network(new ImageSize(height, width), 10, Some.Rates, Seed);
        using var fresh = Some.Network(new ImageSize(height, width), 10, Some.Rates, Seed);
        using var larger = new BatchReader(images, 24, model.Input);
        using var smaller = new BatchReader(small, 24, model.Input);
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
        using var model = Some.Network(new ImageSize(28, 28), 10, Some.Rates, Seed);
        using var batches = new BatchReader(images, 12, model.Input);
        WithBiases(model);

        float[] logarithms = model.Infer(batches.Read([.. Enumerable.Range(0, 12)]));

        var plain = PlainNetwork.Run(model, Some.Layers(new()), images);
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
        using var model = Some.Network(new ImageSize(28, 28), 10, new DropoutRates(), Seed);
        using var batches = new BatchReader(images, 8, model.Input);
        float[] weights = model.Parameters[parameter].Plain;
        weights[0] = value;
        model.Parameters[parameter].Plain = weights;

        var (loss, _) = model.Step(batches.Read([0, 1, 2, 3, 4, 5, 6, 7]), new BatchPosition(1, 0), Some.Update());

        Assert.False(float.IsFinite(loss));
    }

    [Fact]
    public void TheNotebooksModelHas241546Parameters()
    {
        using var model = Some.Network(new ImageSize(28, 28), 10, new DropoutRates(), Seed);

        Assert.Equal(241_546, model.Parameters.Sum(parameter => parameter.Count));
        Assert.Equal(
            ["conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "conv3.weight", "conv3.bias", "dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias"],
            model.Parameters.Select(parameter => parameter.Name));
        Assert.All(model.Parameters.Where(parameter => parameter.Name.EndsWith("bias", StringComparison.Ordinal)), bias => Assert.All(bias.Plain, value => Assert.Equal(0, value)));
    }

    private static Conv2dConfig Relu(string name, int filters) => new() { Name = name, Filters = filters, Activation = Activation.Relu };

    private static LayerConfig[] End() => [new FlattenConfig { Name = "f" }, new DenseConfig { Name = "end" }];

    // Biases start as zero: others let an error in their order show.
    private static void WithBiases(Network model)
    {
        foreach (var bias in model.Parameters.Where(parameter => parameter.Name.EndsWith("bias", StringComparison.Ordinal)))
            bias.Plain = [.. Enumerable.Range(0, bias.Count).Select(i => 0.05f * MathF.Sin(i + 1))];
    }

    private static void AssertGradients(Dictionary<string, float[]> expected, Network model)
    {
        foreach (var parameter in model.Parameters.Where(parameter => parameter.IsTrained))
        {
            // After one step the first moment is the gradient times 1 − beta1.
            float[] gradient = Array.ConvertAll(parameter.PlainMoments(2)[0], moment => moment / OneMinusBeta1);
            float largest = expected[parameter.Name].Max(MathF.Abs);
            float error = expected[parameter.Name].Zip(gradient, (a, b) => MathF.Abs(a - b)).Max();
            // A bias before a normalization has none but what rounding leaves.
            Assert.True(error <= 1e-4f * largest || (largest < 1e-5f && error < 2e-5f), $"{parameter.Name}: off by {error} of {largest}");
            Assert.True(largest > 0, parameter.Name);
        }
    }

    private static int Correct(float[] logarithms, int[] labels)
    {
        int classes = logarithms.Length / labels.Length;
        return labels.Where((label, i) => logarithms.AsSpan(i * classes, classes) is var image && image.IndexOf(logarithms.Skip(i * classes).Take(classes).Max()) == label).Count();
    }
}
