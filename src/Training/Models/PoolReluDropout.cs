using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Experiments.Training.Models;

/// <summary>
/// 2×2 max pooling, bias, ReLU and dropout of channels-last activations in one pass. Pooling comes before the ReLU, which then touches a
/// quarter of the elements: relu(max(x)) = max(relu(x)), gradients too, and adding a bias commutes with max because rounding is monotonic.
/// </summary>
internal static unsafe class PoolReluDropout
{
    /// <summary>Stands for "no input contributed": the output is zero by the ReLU or was dropped.</summary>
    public const byte None = 255;

    private const int Lanes = 8;

    /// <param name="z">[images, height, width, channels]; the last row and column of an odd size are left out.</param>
    /// <param name="bias">[channels].</param>
    /// <param name="mask">0xFF keeps, 0x00 drops, like the output; null keeps all.</param>
    /// <param name="scale">What kept outputs are multiplied with.</param>
    /// <param name="y">Output, [images, height / 2, width / 2, channels].</param>
    /// <param name="winner">Which of the four inputs gave each output, for the gradient, 0 to 3 or <see cref="None"/>; like the output.</param>
    /// <remarks>The number of channels is a multiple of 8.</remarks>
    public static void Forward(float* z, float* bias, byte* mask, float scale, float* y, byte* winner, int images, int height, int width, int channels)
    {
        long row = (long)width * channels;
        for (int image = 0; image < images; image++)
        {
            for (int top = 0; top + 1 < height; top += 2)
            {
                float* window = z + (((long)image * height) + top) * row;
                for (int left = 0; left + 1 < width; left += 2, window += 2 * channels)
                {
                    for (int channel = 0; channel < channels; channel += Lanes, y += Lanes, winner += Lanes)
                    {
                        float* corner = window + channel;
                        var largest = Vector256.Load(corner);
                        var won = Vector256<int>.Zero;
                        Take(Vector256.Load(corner + channels), 1, ref largest, ref won);
                        Take(Vector256.Load(corner + row), 2, ref largest, ref won);
                        Take(Vector256.Load(corner + row + channels), 3, ref largest, ref won);
                        Finish(largest, won, Vector256.Load(bias + channel), mask, scale, y, winner);
                        mask = mask == null ? null : mask + Lanes;
                    }
                }
            }
        }
    }

    /// <summary>The larger one of each, and which it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Take(Vector256<float> candidate, int position, ref Vector256<float> largest, ref Vector256<int> won)
    {
        // What is not a number wins, and stays.
        var larger = Vector256.GreaterThan(candidate, largest) | Vector256.IsNaN(candidate);
        largest = Vector256.ConditionalSelect(larger, candidate, largest);
        won = Vector256.ConditionalSelect(larger.AsInt32(), Vector256.Create(position), won);
    }

    /// <summary>Bias, ReLU and dropout of eight outputs that pooling took.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish(Vector256<float> largest, Vector256<int> won, Vector256<float> bias, byte* mask, float scale, float* y, byte* winner)
    {
        // "Not at most zero" rather than "above zero": what is not a number must reach the loss, where it ends the experiment.
        var sum = largest + bias;
        var contributes = ~Vector256.LessThanOrEqual(sum, Vector256<float>.Zero).AsInt32();
        if (mask != null)
        {
            contributes &= Widen(mask);
        }

        (sum * scale & contributes.AsSingle()).Store(y);
        var narrow = Vector256.Narrow(won | ~contributes, Vector256<int>.Zero);
        *(ulong*)winner = Vector128.Narrow(narrow.GetLower(), narrow.GetUpper()).AsUInt64()[0];
    }

    /// <summary>Eight signed bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Widen(byte* bytes) => Vector256.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)bytes).AsSByte()).ToVector256());
}
