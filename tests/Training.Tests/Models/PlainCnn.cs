using Experiments.Training.Models;
using Experiments.Training.Randomness;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Experiments.Training.Tests.Models;

/// <summary>The same network as anybody would write it: channels first, libtorch's own layers, gradients by autograd.</summary>
internal static class PlainCnn
{
    /// <returns>The loss, the logarithms of the class probabilities, and the gradient of each parameter by name.</returns>
    public static (float Loss, float[] Logarithms, Dictionary<string, float[]> Gradients) Run(
        FashionCnn model, float[] images, long[] labels, int height, int width, DropoutRates? rates = null, long seed = 0, BatchPosition position = default)
    {
        using var scope = NewDisposeScope();
        var weights = model.Weights().ToDictionary(
            weight => weight.Name, weight => tensor(weight.Values.ToArray(), weight.Shape.ToArray()).requires_grad_(true));
        var x = tensor(images, labels.Length, 1, height, width);

        x = Drop(max_pool2d(relu(conv2d(x, weights["conv1.weight"], weights["conv1.bias"])), 2), rates?.Conv1, 1);
        x = Drop(max_pool2d(relu(conv2d(x, weights["conv2.weight"], weights["conv2.bias"])), 2), rates?.Conv2, 2);
        x = Drop(relu(conv2d(x, weights["conv3.weight"], weights["conv3.bias"])), rates?.Conv3, 3).flatten(1);
        x = Drop(relu(linear(x, weights["dense1.weight"], weights["dense1.bias"])), rates?.Dense, 4);
        x = linear(x, weights["dense2.weight"], weights["dense2.bias"]);
        var loss = cross_entropy(x, tensor(labels));
        loss.backward();

        return (loss.item<float>(), log_softmax(x, 1).data<float>().ToArray(), weights.ToDictionary(weight => weight.Key, weight => weight.Value.grad!.data<float>().ToArray()));

        Tensor Drop(Tensor map, double? rate, int layer)
        {
            if (rate is not > 0)
                return map;

            // The mask is drawn in the order of a channels-last map.
            var mask = new byte[map.numel()];
            DropoutMask.Fill(mask, rate.Value, new RandomStream(seed, RandomPurpose.Dropout, layer, position.Epoch, position.Batch));
            var kept = tensor(Array.ConvertAll(mask, value => value == 0 ? 0f : 1f));
            kept = map.dim() == 4 ? kept.view(map.shape[0], map.shape[2], map.shape[3], map.shape[1]).permute(0, 3, 1, 2) : kept.view(map.shape);
            return map * kept / (1 - rate.Value);
        }
    }
}
