using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Experiments.Training.Models;

/// <summary>
/// Gradients of a 3×3 convolution whose output goes through 2×2 max pooling and a ReLU. At most one of each window's four outputs has a
/// gradient, and none where the ReLU or dropout gave zero: only those are multiplied, an eighth of a dense convolution's products.
/// </summary>
internal static unsafe class SparseConvolution
{
    private const int Taps = 9;

    /// <param name="count">Of each filter, how many places have a gradient, [filters]; written.</param>
    /// <param name="offsets">Of each filter, where in the image's input the kernel lay, in elements, [filters, windows]; written.</param>
    /// <param name="gradients">Of each filter, the gradient there, [filters, windows]; written.</param>
    /// <param name="gy">Gradient of the image's pooled output, [height, width, filters].</param>
    /// <param name="winner">Which of the four outputs each window took, as <see cref="PoolReluDropout"/> left it.</param>
    /// <param name="scale">What kept outputs were multiplied with.</param>
    /// <param name="row">Elements of a row of the input.</param>
    public static void Collect(int* count, int* offsets, float* gradients, float* gy, byte* winner, float scale, int height, int width, int filters, int channels, int row)
    {
        int windows = height * width;
        new Span<int>(count, filters).Clear();
        int* within = stackalloc int[] { 0, channels, row, row + channels };
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int place = (2 * y * row) + (2 * x * channels);
                for (int filter = 0; filter < filters; filter++, gy++, winner++)
                {
                    // Written in any case, kept where there is one: a branch would be guessed wrongly every other time.
                    int at = (filter * windows) + count[filter];
                    offsets[at] = place + within[*winner & 3];
                    gradients[at] = *gy * scale;
                    count[filter] += *winner == PoolReluDropout.None ? 0 : 1;
                }
            }
        }
    }

    /// <summary>Adds the image's part to the bias's gradient, [filters].</summary>
    public static void AddBias(int* count, float* gradients, float* gb, int windows, int filters)
    {
        for (int filter = 0; filter < filters; filter++, gradients += windows)
        {
            float sum = 0;
            for (int i = 0; i < count[filter]; i++)
            {
                sum += gradients[i];
            }

            gb[filter] += sum;
        }
    }

    /// <summary>Adds the image's part to the weights' gradient.</summary>
    /// <param name="x">The image's input, channels last.</param>
    /// <param name="gw">[filters, 3, 3, channels]; added to.</param>
    public static void AddWeights(float* x, int* count, int* offsets, float* gradients, float* gw, int windows, int filters, int channels, int row)
    {
        for (int filter = 0; filter < filters; filter++, offsets += windows, gradients += windows, gw += Taps * channels)
        {
            int channel = 0;
            if (Avx512F.IsSupported)
            {
                for (; channel <= channels - Vector512<float>.Count; channel += Vector512<float>.Count)
                {
                    AddWeights512(x + channel, count[filter], offsets, gradients, gw + channel, channels, row);
                }
            }

            for (; channel < channels; channel += Vector256<float>.Count)
            {
                AddWeights256(x + channel, count[filter], offsets, gradients, gw + channel, channels, row);
            }
        }
    }

    private static void AddWeights512(float* x, int count, int* offsets, float* gradients, float* gw, int channels, int row)
    {
        Vector512<float> g0 = default, g1 = default, g2 = default, g3 = default, g4 = default, g5 = default, g6 = default, g7 = default, g8 = default;
        for (int i = 0; i < count; i++)
        {
            var gradient = Vector512.Create(gradients[i]);
            float* top = x + offsets[i];
            float* middle = top + row;
            float* bottom = middle + row;
            g0 = Vector512.FusedMultiplyAdd(gradient, Vector512.Load(top), g0);
            g1 = Vector512.FusedMultiplyAdd(gradient, Vector512.Load(top + channels), g1);
            g2 = Vector512.FusedMultiplyAdd(gradient, Vector512.Load(top + (2 * channels)), g2);
            g3 = Vector512.FusedMultiplyAdd(gradient, Vector512.Load(middle), g3);
            g4 = Vector512.FusedMultiplyAdd(gradient, Vector512.Load(middle + channels), g4);
            g5 = Vector512.FusedMultiplyAdd(gradient, Vector512.Load(middle + (2 * channels)), g5);
            g6 = Vector512.FusedMultiplyAdd(gradient, Vector512.Load(bottom), g6);
            g7 = Vector512.FusedMultiplyAdd(gradient, Vector512.Load(bottom + channels), g7);
            g8 = Vector512.FusedMultiplyAdd(gradient, Vector512.Load(bottom + (2 * channels)), g8);
        }

        (Vector512.Load(gw) + g0).Store(gw);
        (Vector512.Load(gw += channels) + g1).Store(gw);
        (Vector512.Load(gw += channels) + g2).Store(gw);
        (Vector512.Load(gw += channels) + g3).Store(gw);
        (Vector512.Load(gw += channels) + g4).Store(gw);
        (Vector512.Load(gw += channels) + g5).Store(gw);
        (Vector512.Load(gw += channels) + g6).Store(gw);
        (Vector512.Load(gw += channels) + g7).Store(gw);
        (Vector512.Load(gw += channels) + g8).Store(gw);
    }

    private static void AddWeights256(float* x, int count, int* offsets, float* gradients, float* gw, int channels, int row)
    {
        Vector256<float> g0 = default, g1 = default, g2 = default, g3 = default, g4 = default, g5 = default, g6 = default, g7 = default, g8 = default;
        for (int i = 0; i < count; i++)
        {
            var gradient = Vector256.Create(gradients[i]);
            float* top = x + offsets[i];
            float* middle = top + row;
            float* bottom = middle + row;
            g0 = Vector256.FusedMultiplyAdd(gradient, Vector256.Load(top), g0);
            g1 = Vector256.FusedMultiplyAdd(gradient, Vector256.Load(top + channels), g1);
            g2 = Vector256.FusedMultiplyAdd(gradient, Vector256.Load(top + (2 * channels)), g2);
            g3 = Vector256.FusedMultiplyAdd(gradient, Vector256.Load(middle), g3);
            g4 = Vector256.FusedMultiplyAdd(gradient, Vector256.Load(middle + channels), g4);
            g5 = Vector256.FusedMultiplyAdd(gradient, Vector256.Load(middle + (2 * channels)), g5);
            g6 = Vector256.FusedMultiplyAdd(gradient, Vector256.Load(bottom), g6);
            g7 = Vector256.FusedMultiplyAdd(gradient, Vector256.Load(bottom + channels), g7);
            g8 = Vector256.FusedMultiplyAdd(gradient, Vector256.Load(bottom + (2 * channels)), g8);
        }

        (Vector256.Load(gw) + g0).Store(gw);
        (Vector256.Load(gw += channels) + g1).Store(gw);
        (Vector256.Load(gw += channels) + g2).Store(gw);
        (Vector256.Load(gw += channels) + g3).Store(gw);
        (Vector256.Load(gw += channels) + g4).Store(gw);
        (Vector256.Load(gw += channels) + g5).Store(gw);
        (Vector256.Load(gw += channels) + g6).Store(gw);
        (Vector256.Load(gw += channels) + g7).Store(gw);
        (Vector256.Load(gw += channels) + g8).Store(gw);
    }

    /// <summary>Adds to the gradient of the image's input.</summary>
    /// <param name="w">[filters, 3, 3, channels].</param>
    /// <param name="gx">Like the input; added to.</param>
    public static void AddInput(float* w, int* count, int* offsets, float* gradients, float* gx, int windows, int filters, int channels, int row)
    {
        for (int filter = 0; filter < filters; filter++, offsets += windows, gradients += windows, w += Taps * channels)
        {
            int channel = 0;
            if (Avx512F.IsSupported)
            {
                for (; channel <= channels - Vector512<float>.Count; channel += Vector512<float>.Count)
                {
                    AddInput512(w + channel, count[filter], offsets, gradients, gx + channel, channels, row);
                }
            }

            for (; channel < channels; channel += Vector256<float>.Count)
            {
                AddInput256(w + channel, count[filter], offsets, gradients, gx + channel, channels, row);
            }
        }
    }

    private static void AddInput512(float* w, int count, int* offsets, float* gradients, float* gx, int channels, int row)
    {
        var w0 = Vector512.Load(w);
        var w1 = Vector512.Load(w + channels);
        var w2 = Vector512.Load(w + (2 * channels));
        var w3 = Vector512.Load(w + (3 * channels));
        var w4 = Vector512.Load(w + (4 * channels));
        var w5 = Vector512.Load(w + (5 * channels));
        var w6 = Vector512.Load(w + (6 * channels));
        var w7 = Vector512.Load(w + (7 * channels));
        var w8 = Vector512.Load(w + (8 * channels));
        for (int i = 0; i < count; i++)
        {
            var gradient = Vector512.Create(gradients[i]);
            float* top = gx + offsets[i];
            float* middle = top + row;
            float* bottom = middle + row;
            Vector512.FusedMultiplyAdd(gradient, w0, Vector512.Load(top)).Store(top);
            Vector512.FusedMultiplyAdd(gradient, w1, Vector512.Load(top + channels)).Store(top + channels);
            Vector512.FusedMultiplyAdd(gradient, w2, Vector512.Load(top + (2 * channels))).Store(top + (2 * channels));
            Vector512.FusedMultiplyAdd(gradient, w3, Vector512.Load(middle)).Store(middle);
            Vector512.FusedMultiplyAdd(gradient, w4, Vector512.Load(middle + channels)).Store(middle + channels);
            Vector512.FusedMultiplyAdd(gradient, w5, Vector512.Load(middle + (2 * channels))).Store(middle + (2 * channels));
            Vector512.FusedMultiplyAdd(gradient, w6, Vector512.Load(bottom)).Store(bottom);
            Vector512.FusedMultiplyAdd(gradient, w7, Vector512.Load(bottom + channels)).Store(bottom + channels);
            Vector512.FusedMultiplyAdd(gradient, w8, Vector512.Load(bottom + (2 * channels))).Store(bottom + (2 * channels));
        }
    }

    private static void AddInput256(float* w, int count, int* offsets, float* gradients, float* gx, int channels, int row)
    {
        var w0 = Vector256.Load(w);
        var w1 = Vector256.Load(w + channels);
        var w2 = Vector256.Load(w + (2 * channels));
        var w3 = Vector256.Load(w + (3 * channels));
        var w4 = Vector256.Load(w + (4 * channels));
        var w5 = Vector256.Load(w + (5 * channels));
        var w6 = Vector256.Load(w + (6 * channels));
        var w7 = Vector256.Load(w + (7 * channels));
        var w8 = Vector256.Load(w + (8 * channels));
        for (int i = 0; i < count; i++)
        {
            var gradient = Vector256.Create(gradients[i]);
            float* top = gx + offsets[i];
            float* middle = top + row;
            float* bottom = middle + row;
            Vector256.FusedMultiplyAdd(gradient, w0, Vector256.Load(top)).Store(top);
            Vector256.FusedMultiplyAdd(gradient, w1, Vector256.Load(top + channels)).Store(top + channels);
            Vector256.FusedMultiplyAdd(gradient, w2, Vector256.Load(top + (2 * channels))).Store(top + (2 * channels));
            Vector256.FusedMultiplyAdd(gradient, w3, Vector256.Load(middle)).Store(middle);
            Vector256.FusedMultiplyAdd(gradient, w4, Vector256.Load(middle + channels)).Store(middle + channels);
            Vector256.FusedMultiplyAdd(gradient, w5, Vector256.Load(middle + (2 * channels))).Store(middle + (2 * channels));
            Vector256.FusedMultiplyAdd(gradient, w6, Vector256.Load(bottom)).Store(bottom);
            Vector256.FusedMultiplyAdd(gradient, w7, Vector256.Load(bottom + channels)).Store(bottom + channels);
            Vector256.FusedMultiplyAdd(gradient, w8, Vector256.Load(bottom + (2 * channels))).Store(bottom + (2 * channels));
        }
    }
}
