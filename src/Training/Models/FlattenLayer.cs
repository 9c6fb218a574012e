using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>A feature map as one row for each image, over the same memory: the channels of a pixel lie side by side.</summary>
internal sealed class FlattenLayer(int height, int width, int channels) : Layer
{
    public override Tensor Forward(Tensor input, BatchPosition? training) => input.view(-1, (long)height * width * channels);

    public override Tensor? Backward(Tensor outputGradient) => outputGradient.view(-1, height, width, channels);
}
