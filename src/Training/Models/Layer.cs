using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>
/// One step of the network with its weights. Within it libtorch differentiates; between layers the gradient is handed on by hand, so
/// that the cheap operations can be fused into one pass over memory. Tensors a pass makes belong to the caller's dispose scope.
/// </summary>
internal abstract class Layer(Parameter weight, Parameter bias) : IDisposable
{
    private Tensor? _weightLeaf;

    public Parameter Weight => weight;

    public Parameter Bias => bias;

    /// <summary>After <see cref="Backward"/>.</summary>
    protected abstract ReadOnlySpan<float> BiasGradient { get; }

    /// <param name="input">[images, …], channels-last where it is a feature map.</param>
    /// <param name="training">The batch's position, or null for inference: then nothing is dropped and no gradient is kept.</param>
    /// <returns>[images, …], in memory that the next call overwrites.</returns>
    public abstract Tensor Forward(Tensor input, BatchPosition? training);

    /// <param name="outputGradient">Like the output of the last <see cref="Forward"/>.</param>
    /// <returns>The gradient of the input, unless the input was not a leaf that wants one.</returns>
    public abstract Tensor? Backward(Tensor outputGradient);

    public void Update(BatchUpdate update)
    {
        weight.Update(Parameter.Gradient(_weightLeaf!), update);
        bias.Update(BiasGradient, update);
    }

    public virtual void Dispose()
    {
        weight.Dispose();
        bias.Dispose();
        GC.SuppressFinalize(this);
    }

    protected Tensor WeightLeaf() => _weightLeaf = weight.Leaf();
}
