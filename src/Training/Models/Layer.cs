using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>
/// One step of the network with its weights. Gradients are handed from layer to layer by hand, so that cheap operations can be fused into
/// one pass over memory. Feature maps are [images, height, width, channels], contiguous. Tensors a pass makes belong to the caller's
/// dispose scope.
/// </summary>
internal abstract class Layer(params ImmutableArray<Parameter> parameters) : IDisposable
{
    public ImmutableArray<Parameter> Parameters => parameters;

    /// <param name="input">[images, …], contiguous.</param>
    /// <param name="training">The batch's position, or null for inference: then nothing is dropped and nothing is kept for a gradient.</param>
    /// <returns>[images, …], contiguous; may be in memory that the next call overwrites.</returns>
    public abstract Tensor Forward(Tensor input, BatchPosition? training);

    /// <summary>Leaves the gradient of each parameter with it.</summary>
    /// <param name="outputGradient">Like the output of the last <see cref="Forward"/>.</param>
    /// <returns>The gradient of the input; null where the layer is the first, which nobody asks for it.</returns>
    public abstract Tensor? Backward(Tensor outputGradient);

    public void Update(BatchUpdate update)
    {
        foreach (var parameter in parameters)
        {
            parameter.Update(update);
        }
    }

    public virtual void Dispose()
    {
        foreach (var parameter in parameters)
        {
            parameter.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
