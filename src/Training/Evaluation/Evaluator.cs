using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Experiments.Training.Data;
using Experiments.Training.Models;

namespace Experiments.Training.Evaluation;

/// <summary>Runs a model over images without training it.</summary>
internal sealed class Evaluator(Network model, ImageSet images) : IDisposable
{
    private const int BatchSize = 128;

    private readonly BatchReader _batches = new(images, BatchSize, model.Input);

    /// <param name="indices">Of the images.</param>
    /// <returns>Mean loss in nats and what the model says of each, in the order of the indices.</returns>
    /// <exception cref="OperationCanceledException">Within a batch of <paramref name="stop"/>.</exception>
    public (double Loss, Predictions Predictions) Run(ReadOnlySpan<int> indices, CancellationToken stop)
    {
        var labels = new int[indices.Length];
        var predicted = new int[indices.Length];
        var probabilities = new float[indices.Length];
        double loss = 0;
        for (int start = 0; start < indices.Length; start += BatchSize)
        {
            stop.ThrowIfCancellationRequested();
            var part = indices.Slice(start, Math.Min(BatchSize, indices.Length - start));
            var logarithms = model.Infer(_batches.Read(part));
            int classes = logarithms.Length / part.Length;
            for (int i = 0; i < part.Length; i++)
            {
                var image = logarithms.AsSpan(i * classes, classes);
                int label = images.Labels[part[i]];
                int most = IndexOfMaximum(image);
                labels[start + i] = label;
                predicted[start + i] = most;
                probabilities[start + i] = MathF.Exp(image[most]);
                loss -= image[label];
            }
        }

        return (loss / indices.Length, new Predictions(
            ImmutableCollectionsMarshal.AsImmutableArray(labels),
            ImmutableCollectionsMarshal.AsImmutableArray(predicted),
            ImmutableCollectionsMarshal.AsImmutableArray(probabilities)));
    }

    /// <summary>The first where several are equal.</summary>
    private static int IndexOfMaximum(ReadOnlySpan<float> values)
    {
        int most = 0;
        for (int i = 1; i < values.Length; i++)
        {
            most = values[i] > values[most] ? i : most;
        }

        return most;
    }

    public void Dispose() => _batches.Dispose();
}
