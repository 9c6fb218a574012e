using System.Runtime.Intrinsics;

namespace Experiments.Training.Models;

/// <summary>Bias, ReLU and dropout of channels-last activations in one pass, and their gradient in another.</summary>
internal static unsafe class ReluDropout
{
    private const int Lanes = 8;

    /// <param name="z">[rows, channels].</param>
    /// <param name="bias">[channels].</param>
    /// <param name="mask">0xFF keeps, 0x00 drops, like the output; null keeps all.</param>
    /// <param name="scale">What kept outputs are multiplied with.</param>
    /// <param name="y">Output, [rows, channels].</param>
    /// <remarks>The number of channels is a multiple of 8.</remarks>
    public static void Forward(float* z, float* bias, byte* mask, float scale, float* y, long rows, int channels)
    {
        for (long row = 0; row < rows; row++)
        {
            for (int channel = 0; channel < channels; channel += Lanes, z += Lanes, y += Lanes)
            {
                // "Not at most zero" rather than "above zero": what is not a number must reach the loss, where it ends the experiment.
                var sum = Vector256.Load(z) + Vector256.Load(bias + channel);
                var output = sum * scale & ~Vector256.LessThanOrEqual(sum, Vector256<float>.Zero);
                if (mask != null)
                {
                    output &= PoolReluDropout.Widen(mask).AsSingle();
                    mask += Lanes;
                }

                output.Store(y);
            }
        }
    }

    /// <param name="gy">Gradient of the output, [rows, channels].</param>
    /// <param name="y">The output: where it is zero nothing flows back.</param>
    /// <param name="gz">Gradient of z, [rows, channels].</param>
    /// <param name="gbias">Gradient of the bias; written, not added to.</param>
    public static void Backward(float* gy, float* y, float scale, float* gz, float* gbias, long rows, int channels)
    {
        new Span<float>(gbias, channels).Clear();
        for (long row = 0; row < rows; row++)
        {
            for (int channel = 0; channel < channels; channel += Lanes, gy += Lanes, y += Lanes, gz += Lanes)
            {
                var gradient = Vector256.Load(gy) * scale & Vector256.GreaterThan(Vector256.Load(y), Vector256<float>.Zero);
                gradient.Store(gz);
                (Vector256.Load(gbias + channel) + gradient).Store(gbias + channel);
            }
        }
    }
}
