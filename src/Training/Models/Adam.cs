using System.Runtime.Intrinsics;

namespace Experiments.Training.Models;

/// <summary>
/// Adam as Keras computes it: bias correction in the step size, epsilon 1e-7 added to the square root of the uncorrected moment.
/// Source: Kingma and Ba, "Adam", 2015, the end of section 2; Keras, <c>keras.optimizers.Adam</c>.
/// </summary>
internal static class Adam
{
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-7f;

    /// <param name="step">The update's number, from 1.</param>
    public static void Update(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, double learningRate, long step)
    {
        float size = (float)(learningRate * Math.Sqrt(1 - Math.Pow(Beta2, step)) / (1 - Math.Pow(Beta1, step)));
        int i = 0;
        for (; i <= weights.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var g = Vector256.Create(gradient[i..]);
            var m = Vector256.Create<float>(first[i..]);
            var v = Vector256.Create<float>(second[i..]);
            m += (g - m) * (1 - Beta1);
            v += ((g * g) - v) * (1 - Beta2);
            var updated = Vector256.Create<float>(weights[i..]) - (m * size / (Vector256.Sqrt(v) + Vector256.Create(Epsilon)));
            m.CopyTo(first[i..]);
            v.CopyTo(second[i..]);
            updated.CopyTo(weights[i..]);
        }

        for (; i < weights.Length; i++)
        {
            float g = gradient[i];
            float m = first[i] += (g - first[i]) * (1 - Beta1);
            float v = second[i] += ((g * g) - second[i]) * (1 - Beta2);
            weights[i] -= m * size / (MathF.Sqrt(v) + Epsilon);
        }
    }
}
