using System.Runtime.Intrinsics;

namespace Experiments.Training.Models;

/// <summary>
/// 2×2 max pooling, bias, ReLU and dropout of channels-last activations in one pass, and their gradient in another. Pooling comes
/// before the ReLU, which then touches a quarter of the elements: relu(max(x)) = max(relu(x)), gradients too, and adding a bias
/// commutes with max because rounding is monotonic. libtorch's own pooling is a scalar loop and fills a gradient of zeros first.
/// </summary>
internal static unsafe class PoolReluDropout
{
    /// <summary>Stands for "no input contributed": the output is zero by the ReLU or was dropped.</summary>
    private const byte None = 255;

    private const int Lanes = 8;
    private const int Block = 4 * Lanes;

    /// <param name="z">[images, height, width, channels].</param>
    /// <param name="bias">[channels].</param>
    /// <param name="mask">0xFF keeps, 0x00 drops, like the output; null keeps all.</param>
    /// <param name="scale">What kept outputs are multiplied with.</param>
    /// <param name="y">Output, [images, height / 2, width / 2, channels].</param>
    /// <param name="winner">Which of the four inputs gave each output, for the gradient; like the output.</param>
    /// <remarks>The number of channels is a multiple of 32.</remarks>
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
                    for (int channel = 0; channel < channels; channel += Block)
                    {
                        var kept = mask == null ? Vector256<byte>.AllBitsSet : Vector256.Load(mask);
                        var won = PoolBlock(window + channel, channels, row, bias + channel, kept, scale, y);
                        (won | ~kept).Store(winner);
                        y += Block;
                        winner += Block;
                        mask = mask == null ? null : mask + Block;
                    }
                }
            }
        }
    }

    /// <param name="gy">Gradient of the output, [images, height / 2, width / 2, channels].</param>
    /// <param name="winner">As <see cref="Forward"/> left it.</param>
    /// <param name="gz">Gradient of z; the last row and column of an odd size are not written and must be zero.</param>
    /// <param name="gbias">Gradient of the bias; written, not added to.</param>
    public static void Backward(float* gy, byte* winner, float scale, float* gz, float* gbias, int images, int height, int width, int channels)
    {
        long row = (long)width * channels;
        Span<float> total = new(gbias, channels);
        total.Clear();
        float* ofImage = stackalloc float[channels];
        for (int image = 0; image < images; image++)
        {
            new Span<float>(ofImage, channels).Clear();
            for (int top = 0; top + 1 < height; top += 2)
            {
                float* window = gz + (((long)image * height) + top) * row;
                for (int left = 0; left + 1 < width; left += 2, window += 2 * channels)
                {
                    for (int channel = 0; channel < channels; channel += Block, gy += Block, winner += Block)
                    {
                        SpreadBlock(gy, Vector256.Load(winner), scale, window + channel, channels, row, ofImage + channel);
                    }
                }
            }

            // Image by image: a sum over the whole batch in one go would round off more.
            for (int channel = 0; channel < channels; channel++)
            {
                gbias[channel] += ofImage[channel];
            }
        }
    }

    private static Vector256<byte> PoolBlock(float* window, int channels, long row, float* bias, Vector256<byte> kept, float scale, float* y)
    {
        var (kept01, kept23) = Vector256.Widen(kept.AsSByte());
        var (kept0, kept1) = Vector256.Widen(kept01);
        var (kept2, kept3) = Vector256.Widen(kept23);
        var won0 = Pool(window, channels, row, bias, kept0, scale, y);
        var won1 = Pool(window + Lanes, channels, row, bias + Lanes, kept1, scale, y + Lanes);
        var won2 = Pool(window + (2 * Lanes), channels, row, bias + (2 * Lanes), kept2, scale, y + (2 * Lanes));
        var won3 = Pool(window + (3 * Lanes), channels, row, bias + (3 * Lanes), kept3, scale, y + (3 * Lanes));
        return Vector256.Narrow(Vector256.Narrow(won0, won1), Vector256.Narrow(won2, won3)).AsByte();
    }

    private static Vector256<int> Pool(float* window, int channels, long row, float* bias, Vector256<int> kept, float scale, float* y)
    {
        var largest = Vector256.Load(window);
        var won = Vector256<int>.Zero;
        Take(Vector256.Load(window + channels), 1, ref largest, ref won);
        Take(Vector256.Load(window + row), 2, ref largest, ref won);
        Take(Vector256.Load(window + row + channels), 3, ref largest, ref won);

        // "Not at most zero" rather than "above zero": what is not a number must reach the loss, where it ends the experiment.
        var sum = largest + Vector256.Load(bias);
        var positive = ~Vector256.LessThanOrEqual(sum, Vector256<float>.Zero);
        (sum * scale & positive & kept.AsSingle()).Store(y);
        return won | ~positive.AsInt32();
    }

    private static void Take(Vector256<float> candidate, int position, ref Vector256<float> largest, ref Vector256<int> won)
    {
        // What is not a number wins, and stays.
        var larger = Vector256.GreaterThan(candidate, largest) | Vector256.IsNaN(candidate);
        largest = Vector256.ConditionalSelect(larger, candidate, largest);
        won = Vector256.ConditionalSelect(larger.AsInt32(), Vector256.Create(position), won);
    }

    private static void SpreadBlock(float* gy, Vector256<byte> winner, float scale, float* window, int channels, long row, float* gbias)
    {
        var (winner01, winner23) = Vector256.Widen(winner);
        var (winner0, winner1) = Vector256.Widen(winner01);
        var (winner2, winner3) = Vector256.Widen(winner23);
        Spread(gy, winner0, scale, window, channels, row, gbias);
        Spread(gy + Lanes, winner1, scale, window + Lanes, channels, row, gbias + Lanes);
        Spread(gy + (2 * Lanes), winner2, scale, window + (2 * Lanes), channels, row, gbias + (2 * Lanes));
        Spread(gy + (3 * Lanes), winner3, scale, window + (3 * Lanes), channels, row, gbias + (3 * Lanes));
    }

    private static void Spread(float* gy, Vector256<uint> winner, float scale, float* window, int channels, long row, float* gbias)
    {
        var gradient = Vector256.Load(gy) * scale;
        To(0).Store(window);
        To(1).Store(window + channels);
        To(2).Store(window + row);
        To(3).Store(window + row + channels);
        (Vector256.Load(gbias) + Vector256.AndNot(gradient, Vector256.Equals(winner, Vector256.Create((uint)None)).AsSingle())).Store(gbias);

        Vector256<float> To(uint position) => gradient & Vector256.Equals(winner, Vector256.Create(position)).AsSingle();
    }
}
