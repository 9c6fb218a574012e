using System.Collections.Immutable;
using Experiments.Training.Data;
using Experiments.Training.Models;
using Experiments.Training.Randomness;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Experiments.Training.Tests.Models;

/// <summary>The same network as anybody would write it: channels first, whole images, libtorch's own layers, gradients by autograd.</summary>
internal static class PlainNetwork
{
    /// <param name="position">Of the batch, or null for inference.</param>
    /// <returns>The loss, the logarithms of the class probabilities, and after training the gradient of each parameter and the running averages by name.</returns>
    public static (float Loss, float[] Logarithms, Dictionary<string, float[]> Gradients, Dictionary<string, float[]> Averages) Run(
        Network model, ImmutableArray<LayerConfig> layers, ImageSet images, long seed = 0, BatchPosition? position = null)
    {
        using var scope = NewDisposeScope();
        var values = model.Weights().ToDictionary(weight => weight.Name, weight => tensor(weight.Values.ToArray(), weight.Shape.ToArray()));
        var trained = values.Where(pair => !pair.Key.Contains(".running_", StringComparison.Ordinal)).ToDictionary(pair => pair.Key, pair => pair.Value.requires_grad_(true));
        var labels = tensor(Array.ConvertAll(images.Labels.ToArray(), label => (long)label));
        var x = tensor(Array.ConvertAll(images.Pixels.ToArray(), pixel => pixel / 255f), images.Count, 1, images.Height, images.Width);

        // Masks are drawn for the part of a map that reaches the result.
        x = x[.., .., ..model.Input.Height, ..model.Input.Width];
        int dropouts = 0;
        long[] map = x.shape;
        foreach (var layer in layers)
        {
            x = layer switch
            {
                Conv2dConfig { Padding: Padding.Same } same => Activate(same.Activation, conv2d(Padded(x, same.Kernel), values[layer.Name + ".weight"], values[layer.Name + ".bias"])),
                Conv2dConfig valid => Activate(valid.Activation, conv2d(x, values[layer.Name + ".weight"], values[layer.Name + ".bias"], [valid.Stride, valid.Stride])),
                MaxPool2dConfig pool => max_pool2d(x, pool.Size),
                BatchNorm2dConfig norm => batch_norm(
                    x, values[layer.Name + ".running_mean"], values[layer.Name + ".running_var"], values[layer.Name + ".weight"], values[layer.Name + ".bias"],
                    position is not null, norm.Momentum, norm.Epsilon),
                FlattenConfig => (map = x.shape) is var _ ? x.flatten(1) : x,
                DenseConfig dense => Activate(dense.Activation, linear(x, values[layer.Name + ".weight"], values[layer.Name + ".bias"])),
                DropoutConfig dropout => Drop(x, dropout.Rate, ++dropouts),
                _ => throw new ArgumentException(layer.ToString()),
            };
        }

        var loss = cross_entropy(x, labels);
        loss.backward();
        return (
            loss.item<float>(), log_softmax(x, 1).data<float>().ToArray(),
            trained.ToDictionary(pair => pair.Key, pair => pair.Value.grad!.data<float>().ToArray()),
            values.Where(pair => !trained.ContainsKey(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value.data<float>().ToArray()));

        Tensor Drop(Tensor values, double rate, int layer)
        {
            if (rate == 0 || position is not { } at)
                return values;

            // The mask is drawn in the order of a channels-last map, also after flatten.
            var mask = new byte[values.numel()];
            DropoutMask.Fill(mask, rate, new RandomStream(seed, RandomPurpose.Dropout, layer, at.Epoch, at.Batch));
            var kept = tensor(Array.ConvertAll(mask, value => value == 0 ? 0f : 1f));
            map = values.dim() == 4 ? values.shape : map;
            kept = kept.numel() == map.Aggregate(1L, (product, size) => product * size) ? kept.view(map[0], map[2], map[3], map[1]).permute(0, 3, 1, 2) : kept;
            return values * kept.reshape(values.shape) / (1 - rate);
        }
    }

    private static Tensor Padded(Tensor map, int kernel) => pad(map, [(kernel - 1) / 2, kernel / 2, (kernel - 1) / 2, kernel / 2]);

    private static Tensor Activate(Activation activation, Tensor x) => activation switch
    {
        Activation.None => x,
        Activation.Relu => x.clamp_min(0),
        Activation.LeakyRelu => where(x > 0, x, 0.01f * x),
        Activation.Elu => where(x > 0, x, x.exp() - 1),
        Activation.Gelu => x * 0.5f * (1 + (x / MathF.Sqrt(2)).erf()),
        Activation.Silu => x / (1 + (-x).exp()),
        Activation.Tanh => 1 - (2 / ((2 * x).exp() + 1)),
        Activation.Sigmoid => 1 / (1 + (-x).exp()),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };
}
