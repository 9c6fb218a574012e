using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Experiments.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>A model in training: its layers, one after the other, from images to a logit of each class.</summary>
internal sealed class Network : IDisposable
{
    private readonly ImmutableArray<Layer> _layers;
    private readonly KernelShapes _shapes;

    /// <param name="layers">A model for the images: <see cref="ModelSummary.Faults"/> has none.</param>
    /// <param name="seed">Decides the initial weights and the dropout masks.</param>
    public Network(ImmutableArray<LayerConfig> layers, ImageSize image, int classes, long seed)
    {
        var plan = new NetworkPlan(layers, image, classes, seed);
        _layers = plan.Layers;
        _shapes = new KernelShapes(string.Join(' ', layers), image, classes, Images: 0, Trains: false);
        Input = plan.Input;
        Parameters = [.. _layers.SelectMany(layer => layer.Parameters)];
    }

    /// <summary>The part of the images, at the top left, that the result depends on: pooling leaves out rows and columns that fill no square.</summary>
    public ImageSize Input { get; }

    /// <summary>In the order of the layers.</summary>
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

        var logits = Forward(batch.Images, position).detach().requires_grad_(true);
        var loss = nn.functional.cross_entropy(logits, batch.Labels, label_smoothing: update.LabelSmoothing);
        loss.backward();

        var gradient = logits.grad;
        for (int i = _layers.Length - 1; i >= 0; i--)
        {
            gradient = gradient is null ? null : _layers[i].Backward(gradient);
        }

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

        return MemoryMarshal.Cast<byte, float>(nn.functional.log_softmax(Forward(batch.Images, training: null), 1).bytes).ToArray();
    }

    private Tensor Forward(Tensor images, BatchPosition? training) => _layers.Aggregate(images, (values, layer) => layer.Forward(values, training));
}
