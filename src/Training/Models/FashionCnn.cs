using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Experiments.Training.Data;
using Experiments.Training.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>
/// The notebook's CNN: three 3×3 convolutions with 32, 64 and 128 kernels, the first two pooled 2×2, a dense layer of 128 and one of
/// a logit per class; 241,546 parameters for 28×28 images and ten classes. Everything is channels-last.
/// </summary>
internal sealed class FashionCnn : IDisposable
{
    private readonly ConvolutionLayer _conv1, _conv2, _conv3;
    private readonly DenseLayer _dense1;
    private readonly LogitsLayer _dense2;
    private readonly ImmutableArray<Layer> _layers;
    private readonly long[] _featureMap;
    private readonly KernelShapes _shapes;

    /// <param name="seed">Decides the initial weights and the dropout masks.</param>
    public FashionCnn(ImageSize image, int classes, DropoutRates rates, long seed)
    {
        var (height, width) = (image.Height, image.Width);
        var (height2, width2) = ((height - 2) / 2, (width - 2) / 2);
        var (height3, width3) = ((height2 - 2) / 2, (width2 - 2) / 2);
        long[] features = [128, height3 - 2, width3 - 2];
        _featureMap = [height3 - 2, width3 - 2, 128];
        _shapes = new KernelShapes(image, classes, Images: 0, Trains: false);

        _conv1 = new(Weight("conv1", [32, 1, 3, 3]), Bias("conv1", 32), pool: true, DropoutOf(rates.Conv1, 1), height, width);
        _conv2 = new(Weight("conv2", [64, 32, 3, 3]), Bias("conv2", 64), pool: true, DropoutOf(rates.Conv2, 2), height2, width2);
        _conv3 = new(Weight("conv3", [128, 64, 3, 3]), Bias("conv3", 128), pool: false, DropoutOf(rates.Conv3, 3), height3, width3);
        _dense1 = new(Weight("dense1", [128, features[0] * features[1] * features[2]], features), Bias("dense1", 128), DropoutOf(rates.Dense, 4));
        _dense2 = new(Weight("dense2", [classes, 128]), Bias("dense2", classes));
        _layers = [_conv1, _conv2, _conv3, _dense1, _dense2];

        Parameters = [.. _layers.SelectMany(layer => new[] { layer.Weight, layer.Bias })];
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            var stream = new RandomStream(seed, RandomPurpose.Initialization, layer + 1);
            var weight = _layers[layer].Weight;
            weight.Plain = layer == 0 ? Initializers.HeNormal(weight.PlainShape, stream) : Initializers.GlorotUniform(weight.PlainShape, stream);
        }

        Dropout DropoutOf(double rate, int layer) => new(rate, layer, seed);
        static Parameter Weight(string layer, long[] shape, long[]? featureMap = null) => new(layer + ".weight", shape, featureMap);
        static Parameter Bias(string layer, int count) => new(layer + ".bias", [count]);
    }

    public ImmutableArray<Parameter> Parameters { get; }

    /// <summary>One update of the weights.</summary>
    /// <returns>Mean loss of the batch in nats before the update, and how many of its images were predicted rightly.</returns>
    public (float Loss, int Correct) Step(Batch batch, BatchPosition position, BatchUpdate update) =>
        KernelCreation.Guard(_shapes with { Images = batch.Count, Trains = true }, () => Update(batch, position, update));

    /// <summary>Logarithms of the class probabilities, [images × classes], with nothing dropped.</summary>
    public float[] Infer(Batch batch) => KernelCreation.Guard(_shapes with { Images = batch.Count }, () => LogProbabilities(batch));

    public void Dispose()
    {
        foreach (var layer in _layers)
        {
            layer.Dispose();
        }
    }

    private (float Loss, int Correct) Update(Batch batch, BatchPosition position, BatchUpdate update)
    {
        using var scope = NewDisposeScope();

        var map1 = Leaf(_conv1.Forward(batch.Images, position));
        var map2 = Leaf(_conv2.Forward(map1, position));
        var features = Leaf(Flatten(_conv3.Forward(map2, position)));
        var hidden = Leaf(_dense1.Forward(features, position));
        var logits = Leaf(_dense2.Forward(hidden, position));
        var loss = nn.functional.cross_entropy(logits, batch.Labels, label_smoothing: update.LabelSmoothing);

        loss.backward();
        var gradient = _dense2.Backward(logits.grad!);
        gradient = _dense1.Backward(gradient!);
        gradient = _conv3.Backward(Unflatten(gradient!));
        gradient = _conv2.Backward(gradient!);
        _conv1.Backward(gradient!);

        foreach (var layer in _layers)
        {
            layer.Update(update);
        }

        using var correct = logits.argmax(1).eq(batch.Labels).sum();
        return (loss.item<float>(), (int)correct.item<long>());
    }

    private float[] LogProbabilities(Batch batch)
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();

        var map = _conv3.Forward(_conv2.Forward(_conv1.Forward(batch.Images, null), null), null);
        var logits = _dense2.Forward(_dense1.Forward(Flatten(map), null), null);
        return MemoryMarshal.Cast<byte, float>(nn.functional.log_softmax(logits, 1).bytes).ToArray();
    }

    private static Tensor Leaf(Tensor tensor) => tensor.requires_grad_(true);

    private static Tensor Flatten(Tensor map) => map.permute(0, 2, 3, 1).flatten(1);

    private Tensor Unflatten(Tensor features) => features.view([-1, .. _featureMap]).permute(0, 3, 1, 2);
}
