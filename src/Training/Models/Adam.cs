using System.Collections.Immutable;
using System.Runtime.Intrinsics;

namespace Experiments.Training.Models;

/// <summary>
/// Adam as Keras computes it: bias correction in the step size, epsilon 1e-7 added to the square root of the uncorrected moment.
/// Source: Kingma and Ba, "Adam", 2015, the end of section 2; Keras, <c>keras.optimizers.Adam</c>.
/// </summary>
/// <param name="weightDecay">Share of the weights that is added to their gradient.</param>
/// <param name="decoupledDecay">
/// Share of the weights that, times the learning rate, is taken off them beside the step: Loshchilov and Hutter, "Decoupled Weight Decay
/// Regularization", 2019; <c>keras.optimizers.AdamW</c>.
/// </param>
internal sealed class Adam(double weightDecay = 0, double decoupledDecay = 0) : UpdateRule
{
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-7f;

    public override ImmutableArray<string> Moments { get; } = ["adam.first", "adam.second"];

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<float[]> moments, bool decays, double learningRate, long step)
    {
        float size = (float)(learningRate * Math.Sqrt(1 - Math.Pow(Beta2, step)) / (1 - Math.Pow(Beta1, step)));
        float decay = decays ? (float)weightDecay : 0;
        float shrinking = decays ? (float)(learningRate * decoupledDecay) : 0;
        Span<float> first = moments[0], second = moments[1];
        int i = 0;
        for (; i <= weights.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var w = Vector256.Create<float>(weights[i..]);
            var g = Vector256.Create(gradient[i..]) + (w * decay);
            var m = Vector256.Create<float>(first[i..]);
            var v = Vector256.Create<float>(second[i..]);
            m += (g - m) * (1 - Beta1);
            v += ((g * g) - v) * (1 - Beta2);
            m.CopyTo(first[i..]);
            v.CopyTo(second[i..]);
            (w - ((m * size / (Vector256.Sqrt(v) + Vector256.Create(Epsilon))) + (w * shrinking))).CopyTo(weights[i..]);
        }

        for (; i < weights.Length; i++)
        {
            float w = weights[i];
            float g = gradient[i] + (w * decay);
            float m = first[i] += (g - first[i]) * (1 - Beta1);
            float v = second[i] += ((g * g) - second[i]) * (1 - Beta2);
            weights[i] = w - ((m * size / (MathF.Sqrt(v) + Epsilon)) + (w * shrinking));
        }
    }
}
