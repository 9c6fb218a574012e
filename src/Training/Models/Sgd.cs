using System.Collections.Immutable;
using System.Runtime.Intrinsics;

namespace Experiments.Training.Models;

/// <summary>Stochastic gradient descent as PyTorch computes it, <c>torch.optim.SGD</c>: without dampening, not Nesterov's.</summary>
/// <param name="momentum">Share of the last step, in gradients, that is added to the next; 0 remembers none.</param>
/// <param name="weightDecay">Share of the weights that is added to their gradient.</param>
internal sealed class Sgd(double momentum, double weightDecay) : UpdateRule
{
    private readonly float _momentum = (float)momentum;

    public override ImmutableArray<string> Moments { get; } = momentum == 0 ? [] : ["sgd.momentum"];

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<float[]> moments, bool decays, double learningRate, long step)
    {
        var (size, decay) = ((float)learningRate, decays ? (float)weightDecay : 0);
        Span<float> velocity = moments.IsEmpty ? [] : moments[0];
        int i = 0;
        for (; i <= weights.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var w = Vector256.Create<float>(weights[i..]);
            var g = Vector256.Create(gradient[i..]) + (w * decay);
            if (!velocity.IsEmpty)
            {
                g += Vector256.Create<float>(velocity[i..]) * _momentum;
                g.CopyTo(velocity[i..]);
            }

            (w - (g * size)).CopyTo(weights[i..]);
        }

        for (; i < weights.Length; i++)
        {
            float w = weights[i];
            float g = gradient[i] + (w * decay);
            if (!velocity.IsEmpty)
            {
                g += velocity[i] * _momentum;
                velocity[i] = g;
            }

            weights[i] = w - (g * size);
        }
    }
}
