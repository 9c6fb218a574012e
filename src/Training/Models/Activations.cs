using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>Memory for one layer's activations, made at the first batch, grown when a larger one comes, and used by every batch after.</summary>
/// <param name="shape">Without the batch dimension.</param>
internal sealed class Activations(params long[] shape) : IDisposable
{
    private Tensor? _memory;

    /// <summary>The first images' part, [images, shape…], contiguous; zero when new, else what was written last.</summary>
    public Tensor Of(long images)
    {
        if (_memory is null || _memory.shape[0] < images)
        {
            _memory?.Dispose();
            _memory = zeros([images, .. shape]).DetachFromDisposeScope();
        }

        return _memory.narrow(0, 0, images);
    }

    public void Dispose() => _memory?.Dispose();

    /// <summary>Address of the first element of a contiguous tensor of 32-bit floats; valid while the tensor lives.</summary>
    public static unsafe float* Pointer(Tensor contiguous)
    {
        // Tensor.bytes counts in 32 bits: take the first row, whatever the tensor's size.
        using var first = contiguous.narrow(0, 0, 1);
        return (float*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }
}
