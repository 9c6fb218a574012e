using TorchSharp;

namespace Experiments.Training.Data;

/// <summary>Images and labels of one step; both overwritten by the reader's next batch.</summary>
/// <param name="Images">[Count, height, width, 1], 0 to 1, contiguous.</param>
/// <param name="Labels">[Count], 64-bit integers.</param>
internal readonly record struct Batch(torch.Tensor Images, torch.Tensor Labels) : IDisposable
{
    public int Count => (int)Labels.shape[0];

    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }
}
