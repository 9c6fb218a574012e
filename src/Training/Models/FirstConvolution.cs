using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Experiments.Training.Models;

/// <summary>
/// A 3×3 convolution of grey images with bias, ReLU, 2×2 max pooling and dropout in one pass that writes nothing that pooling discards, and
/// the gradient of its weights. A window of four outputs looks at 4×4 pixels: the one output that has a gradient takes its nine from there.
/// </summary>
internal static unsafe class FirstConvolution
{
    private const int Lanes = 8;
    private const int PatchSize = 16;

    /// <param name="x">One image, [height, width]; both even.</param>
    /// <param name="w">[3 × 3, filters].</param>
    /// <param name="bias">[filters].</param>
    /// <param name="mask">0xFF keeps, 0x00 drops, like the output; null keeps all.</param>
    /// <param name="scale">What kept outputs are multiplied with.</param>
    /// <param name="y">Output, [height / 2 − 1, width / 2 − 1, filters].</param>
    /// <param name="winner">Which of the four outputs was taken, for the gradient; like the output.</param>
    /// <param name="filters">A multiple of 8.</param>
    public static void Forward(float* x, float* w, float* bias, byte* mask, float scale, float* y, byte* winner, int height, int width, int filters)
    {
        int filter = 0;
        if (Avx512F.IsSupported)
        {
            for (; filter <= filters - Vector512<float>.Count; filter += Vector512<float>.Count)
            {
                Forward512(x, w + filter, bias + filter, mask == null ? null : mask + filter, scale, y + filter, winner + filter, height, width, filters);
            }
        }

        for (; filter < filters; filter += Lanes)
        {
            float* own = w + filter;
            var w0 = Vector256.Load(own);
            var w1 = Vector256.Load(own += filters);
            var w2 = Vector256.Load(own += filters);
            var w3 = Vector256.Load(own += filters);
            var w4 = Vector256.Load(own += filters);
            var w5 = Vector256.Load(own += filters);
            var w6 = Vector256.Load(own += filters);
            var w7 = Vector256.Load(own += filters);
            var w8 = Vector256.Load(own + filters);
            var b = Vector256.Load(bias + filter);
            int at = filter;
            for (int top = 0; top < height - 2; top += 2)
            {
                float* p = x + (top * width);
                for (int left = 0; left < width - 2; left += 2, p += 2, at += filters)
                {
                    var first = Convolve(p, width, w0, w1, w2, w3, w4, w5, w6, w7, w8);
                    var second = Convolve(p + 1, width, w0, w1, w2, w3, w4, w5, w6, w7, w8);
                    var third = Convolve(p + width, width, w0, w1, w2, w3, w4, w5, w6, w7, w8);
                    var fourth = Convolve(p + width + 1, width, w0, w1, w2, w3, w4, w5, w6, w7, w8);
                    PoolReluDropout.Pool(first, second, third, fourth, b, mask == null ? null : mask + at, scale, y + at, winner + at);
                }
            }
        }
    }

    /// <summary>Sixteen filters, whose registers hold all sixteen pixels under a window beside the weights.</summary>
    private static void Forward512(float* x, float* w, float* bias, byte* mask, float scale, float* y, byte* winner, int height, int width, int filters)
    {
        var w0 = Vector512.Load(w);
        var w1 = Vector512.Load(w += filters);
        var w2 = Vector512.Load(w += filters);
        var w3 = Vector512.Load(w += filters);
        var w4 = Vector512.Load(w += filters);
        var w5 = Vector512.Load(w += filters);
        var w6 = Vector512.Load(w += filters);
        var w7 = Vector512.Load(w += filters);
        var w8 = Vector512.Load(w + filters);
        var b = Vector512.Load(bias);
        for (int top = 0; top < height - 2; top += 2)
        {
            float* p = x + (top * width);
            for (int left = 0; left < width - 2; left += 2, p += 2, y += filters, winner += filters)
            {
                float* q = p + width, r = q + width, s = r + width;
                Vector512<float> p1 = Vector512.Create(p[1]), p2 = Vector512.Create(p[2]), q0 = Vector512.Create(q[0]), q1 = Vector512.Create(q[1]), q2 = Vector512.Create(q[2]), q3 = Vector512.Create(q[3]);
                Vector512<float> r0 = Vector512.Create(r[0]), r1 = Vector512.Create(r[1]), r2 = Vector512.Create(r[2]), r3 = Vector512.Create(r[3]), s1 = Vector512.Create(s[1]), s2 = Vector512.Create(s[2]);
                var first = Vector512.Create(p[0]) * w0;
                var second = p1 * w0;
                var third = q0 * w0;
                var fourth = q1 * w0;
                first = Vector512.FusedMultiplyAdd(p1, w1, first);
                second = Vector512.FusedMultiplyAdd(p2, w1, second);
                third = Vector512.FusedMultiplyAdd(q1, w1, third);
                fourth = Vector512.FusedMultiplyAdd(q2, w1, fourth);
                first = Vector512.FusedMultiplyAdd(p2, w2, first);
                second = Vector512.FusedMultiplyAdd(Vector512.Create(p[3]), w2, second);
                third = Vector512.FusedMultiplyAdd(q2, w2, third);
                fourth = Vector512.FusedMultiplyAdd(q3, w2, fourth);
                first = Vector512.FusedMultiplyAdd(q0, w3, first);
                second = Vector512.FusedMultiplyAdd(q1, w3, second);
                third = Vector512.FusedMultiplyAdd(r0, w3, third);
                fourth = Vector512.FusedMultiplyAdd(r1, w3, fourth);
                first = Vector512.FusedMultiplyAdd(q1, w4, first);
                second = Vector512.FusedMultiplyAdd(q2, w4, second);
                third = Vector512.FusedMultiplyAdd(r1, w4, third);
                fourth = Vector512.FusedMultiplyAdd(r2, w4, fourth);
                first = Vector512.FusedMultiplyAdd(q2, w5, first);
                second = Vector512.FusedMultiplyAdd(q3, w5, second);
                third = Vector512.FusedMultiplyAdd(r2, w5, third);
                fourth = Vector512.FusedMultiplyAdd(r3, w5, fourth);
                first = Vector512.FusedMultiplyAdd(r0, w6, first);
                second = Vector512.FusedMultiplyAdd(r1, w6, second);
                third = Vector512.FusedMultiplyAdd(Vector512.Create(s[0]), w6, third);
                fourth = Vector512.FusedMultiplyAdd(s1, w6, fourth);
                first = Vector512.FusedMultiplyAdd(r1, w7, first);
                second = Vector512.FusedMultiplyAdd(r2, w7, second);
                third = Vector512.FusedMultiplyAdd(s1, w7, third);
                fourth = Vector512.FusedMultiplyAdd(s2, w7, fourth);
                first = Vector512.FusedMultiplyAdd(r2, w8, first);
                second = Vector512.FusedMultiplyAdd(r3, w8, second);
                third = Vector512.FusedMultiplyAdd(s2, w8, third);
                fourth = Vector512.FusedMultiplyAdd(Vector512.Create(s[3]), w8, fourth);
                PoolReluDropout.Pool(first, second, third, fourth, b, mask, scale, y, winner);
                mask = mask == null ? null : mask + filters;
            }
        }
    }

    /// <summary>The 4×4 pixels under each window of an image, one after the other: [height / 2 − 1, width / 2 − 1, 16].</summary>
    public static void Patches(float* x, float* patches, int height, int width)
    {
        for (int top = 0; top < height - 2; top += 2)
        {
            float* p = x + (top * width);
            for (int left = 0; left < width - 2; left += 2, p += 2, patches += PatchSize)
            {
                Vector128.Load(p).Store(patches);
                Vector128.Load(p + width).Store(patches + 4);
                Vector128.Load(p + (2 * width)).Store(patches + 8);
                Vector128.Load(p + (3 * width)).Store(patches + 12);
            }
        }
    }

    /// <summary>Adds an image's part to the gradients.</summary>
    /// <param name="patches">As <see cref="Patches"/> left them.</param>
    /// <param name="gy">Gradient of the output, like it.</param>
    /// <param name="winner">As <see cref="Forward"/> left it.</param>
    /// <param name="gw">[3 × 3, filters]; added to.</param>
    /// <param name="gbias">[filters]; added to.</param>
    public static void Backward(float* patches, float* gy, byte* winner, float scale, float* gw, float* gbias, int windows, int filters)
    {
        for (int filter = 0; filter < filters; filter += Lanes)
        {
            Vector256<float> g0 = default, g1 = default, g2 = default, g3 = default, g4 = default, g5 = default, g6 = default, g7 = default, g8 = default, gb = default;
            float* patch = patches;
            long at = filter;
            for (int window = 0; window < windows; window++, patch += PatchSize, at += filters)
            {
                var won = PoolReluDropout.Widen(winner + at);
                var gradient = Vector256.AndNot(Vector256.Load(gy + at) * scale, Vector256.LessThan(won, Vector256<int>.Zero).AsSingle());
                var upper = Vector256.Load(patch);
                var lower = Vector256.Load(patch + 8);

                // The output's corner of the patch: 0, 1, 4 or 5.
                var corner = won + (won & Vector256.Create(2));
                gb += gradient;
                g0 = Vector256.FusedMultiplyAdd(gradient, Pixel(upper, lower, corner), g0);
                g1 = Vector256.FusedMultiplyAdd(gradient, Pixel(upper, lower, corner + Vector256.Create(1)), g1);
                g2 = Vector256.FusedMultiplyAdd(gradient, Pixel(upper, lower, corner + Vector256.Create(2)), g2);
                g3 = Vector256.FusedMultiplyAdd(gradient, Pixel(upper, lower, corner + Vector256.Create(4)), g3);
                g4 = Vector256.FusedMultiplyAdd(gradient, Pixel(upper, lower, corner + Vector256.Create(5)), g4);
                g5 = Vector256.FusedMultiplyAdd(gradient, Pixel(upper, lower, corner + Vector256.Create(6)), g5);
                g6 = Vector256.FusedMultiplyAdd(gradient, Pixel(upper, lower, corner + Vector256.Create(8)), g6);
                g7 = Vector256.FusedMultiplyAdd(gradient, Pixel(upper, lower, corner + Vector256.Create(9)), g7);
                g8 = Vector256.FusedMultiplyAdd(gradient, Pixel(upper, lower, corner + Vector256.Create(10)), g8);
            }

            (Vector256.Load(gbias + filter) + gb).Store(gbias + filter);
            float* own = gw + filter;
            (Vector256.Load(own) + g0).Store(own);
            (Vector256.Load(own += filters) + g1).Store(own);
            (Vector256.Load(own += filters) + g2).Store(own);
            (Vector256.Load(own += filters) + g3).Store(own);
            (Vector256.Load(own += filters) + g4).Store(own);
            (Vector256.Load(own += filters) + g5).Store(own);
            (Vector256.Load(own += filters) + g6).Store(own);
            (Vector256.Load(own += filters) + g7).Store(own);
            (Vector256.Load(own += filters) + g8).Store(own);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Convolve(
        float* p, int width, Vector256<float> w0, Vector256<float> w1, Vector256<float> w2, Vector256<float> w3, Vector256<float> w4, Vector256<float> w5, Vector256<float> w6, Vector256<float> w7, Vector256<float> w8)
    {
        var sum = Vector256.Create(p[0]) * w0;
        sum = Vector256.FusedMultiplyAdd(Vector256.Create(p[1]), w1, sum);
        sum = Vector256.FusedMultiplyAdd(Vector256.Create(p[2]), w2, sum);
        sum = Vector256.FusedMultiplyAdd(Vector256.Create(p[width]), w3, sum);
        sum = Vector256.FusedMultiplyAdd(Vector256.Create(p[width + 1]), w4, sum);
        sum = Vector256.FusedMultiplyAdd(Vector256.Create(p[width + 2]), w5, sum);
        sum = Vector256.FusedMultiplyAdd(Vector256.Create(p[2 * width]), w6, sum);
        sum = Vector256.FusedMultiplyAdd(Vector256.Create(p[(2 * width) + 1]), w7, sum);
        return Vector256.FusedMultiplyAdd(Vector256.Create(p[(2 * width) + 2]), w8, sum);
    }

    /// <summary>Of sixteen values the one at each index from 0 to 15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pixel(Vector256<float> upper, Vector256<float> lower, Vector256<int> index)
    {
        if (Avx512F.VL.IsSupported)
        {
            return Avx512F.VL.PermuteVar8x32x2(upper, index, lower);
        }

        var isLower = Vector256.GreaterThan(index, Vector256.Create(7)).AsSingle();
        if (Avx2.IsSupported)
        {
            return Vector256.ConditionalSelect(isLower, Avx2.PermuteVar8x32(lower, index), Avx2.PermuteVar8x32(upper, index));
        }

        var within = index & Vector256.Create(7);
        return Vector256.ConditionalSelect(isLower, Vector256.Shuffle(lower, within), Vector256.Shuffle(upper, within));
    }
}
