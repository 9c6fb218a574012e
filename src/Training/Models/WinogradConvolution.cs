using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Experiments.Training.Models;

/// <summary>
/// A 3×3 convolution whose output goes through 2×2 max pooling, by Winograd's minimal filtering F(2×2, 3×3): each pooling window is one tile,
/// whose four outputs take sixteen products of transformed input and kernels instead of thirty-six. After Lavin and Gray, "Fast Algorithms for
/// Convolutional Neural Networks", 2015.
/// </summary>
internal static unsafe class WinogradConvolution
{
    /// <summary>Points of a transformed tile and of a transformed kernel.</summary>
    public const int Points = 16;

    /// <summary>Tiles that are multiplied at once: a count of tiles is rounded up to a multiple.</summary>
    public const int TilesAtOnce = 5;

    /// <summary>Filters that are multiplied at once at least: a count of filters is rounded up to a multiple.</summary>
    public const int FiltersAtOnce = 16;

    private const int Lanes = 8;

    /// <summary>A count rounded up to a multiple of those at once.</summary>
    public static int WholeBlocks(int count, int atOnce) => (count + atOnce - 1) / atOnce * atOnce;

    /// <summary>G·g·Gᵀ of each kernel.</summary>
    /// <param name="w">[filters, 3, 3, channels].</param>
    /// <param name="u">[points, channels, stride]; the first filters of each row are written.</param>
    /// <param name="stride">Filters, rounded up.</param>
    public static void TransformKernels(float* w, float* u, int filters, int channels, int stride)
    {
        float* lanes = stackalloc float[Lanes];
        long point = (long)channels * stride;
        for (int filter = 0; filter < filters; filter++, w += 9 * channels)
        {
            for (int channel = 0; channel < channels; channel += Lanes)
            {
                float* g = w + channel;
                float* to = u + ((long)channel * stride) + filter;
                var (a0, a1, a2, a3) = TransformKernel(Vector256.Load(g), Vector256.Load(g + (3 * channels)), Vector256.Load(g + (6 * channels)));
                var (b0, b1, b2, b3) = TransformKernel(Vector256.Load(g + channels), Vector256.Load(g + (4 * channels)), Vector256.Load(g + (7 * channels)));
                var (c0, c1, c2, c3) = TransformKernel(Vector256.Load(g + (2 * channels)), Vector256.Load(g + (5 * channels)), Vector256.Load(g + (8 * channels)));
                Spread(TransformKernel(a0, b0, c0), to, point, stride, lanes);
                Spread(TransformKernel(a1, b1, c1), to + (4 * point), point, stride, lanes);
                Spread(TransformKernel(a2, b2, c2), to + (8 * point), point, stride, lanes);
                Spread(TransformKernel(a3, b3, c3), to + (12 * point), point, stride, lanes);
            }
        }
    }

    /// <summary>Bᵀ·d·B of the 4×4 inputs under each window.</summary>
    /// <param name="x">One image, [2 × height + 2, at least 2 × width + 2, channels].</param>
    /// <param name="v">[points, tiles, channels].</param>
    /// <param name="height">Of the windows.</param>
    /// <param name="width">Of the windows.</param>
    /// <param name="row">Elements of a row of the image.</param>
    /// <param name="tiles">height × width, rounded up.</param>
    public static void TransformInput(float* x, float* v, int height, int width, int channels, int row, int tiles)
    {
        long point = (long)tiles * channels;
        for (int top = 0; top < height; top++)
        {
            float* patch = x + ((long)top * 2 * row);
            for (int left = 0; left < width; left++, patch += 2 * channels, v += channels)
            {
                for (int channel = 0; channel < channels; channel += Lanes)
                {
                    float* first = patch + channel;
                    float* second = first + row;
                    float* third = second + row;
                    float* fourth = third + row;
                    float* to = v + channel;
                    TransformColumns(first, third, channels, subtracts: true).Store(to, point);
                    TransformColumns(second, third, channels, subtracts: false).Store(to + (4 * point), point);
                    TransformColumns(third, second, channels, subtracts: true).Store(to + (8 * point), point);
                    TransformColumns(second, fourth, channels, subtracts: true).Store(to + (12 * point), point);
                }
            }
        }
    }

    /// <summary>At each point the matrix product of the tiles and the kernels.</summary>
    /// <param name="v">[points, tiles, channels].</param>
    /// <param name="u">[points, channels, filters].</param>
    /// <param name="m">[points, tiles, filters].</param>
    /// <param name="tiles">A multiple of <see cref="TilesAtOnce"/>.</param>
    /// <param name="filters">A multiple of <see cref="FiltersAtOnce"/>.</param>
    public static void Multiply(float* v, float* u, float* m, int tiles, int channels, int filters)
    {
        const int Twice = 2 * FiltersAtOnce;
        for (int point = 0; point < Points; point++, u += channels * filters)
        {
            for (int tile = 0; tile < tiles; tile += TilesAtOnce, v += TilesAtOnce * channels, m += TilesAtOnce * filters)
            {
                int filter = 0;
                if (Avx512F.IsSupported)
                {
                    for (; filter <= filters - Twice; filter += Twice)
                    {
                        Multiply512(v, u + filter, m + filter, channels, filters);
                    }
                }

                for (; filter < filters; filter += FiltersAtOnce)
                {
                    Multiply256(v, u + filter, m + filter, channels, filters);
                }
            }
        }
    }

    /// <summary>Aᵀ·m·A of each tile, and of its four outputs what pooling, bias, ReLU and dropout leave.</summary>
    /// <param name="m">[points, tiles, stride].</param>
    /// <param name="bias">[filters].</param>
    /// <param name="mask">0xFF keeps, 0x00 drops, like the output; null keeps all.</param>
    /// <param name="scale">What kept outputs are multiplied with.</param>
    /// <param name="y">Output, [windows, filters].</param>
    /// <param name="winner">Which of the four outputs each window took, or <see cref="PoolReluDropout.None"/>; like the output.</param>
    /// <param name="windows">Tiles that are windows.</param>
    /// <param name="stride">Filters, rounded up.</param>
    public static void TransformOutput(float* m, float* bias, byte* mask, float scale, float* y, byte* winner, int windows, int filters, int tiles, int stride)
    {
        long point = (long)tiles * stride;
        for (int window = 0; window < windows; window++, m += stride)
        {
            for (int filter = 0; filter < filters; filter += Lanes, y += Lanes, winner += Lanes)
            {
                var (a0, b0) = TransformRow(m + filter, point);
                var (a1, b1) = TransformRow(m + filter + (4 * point), point);
                var (a2, b2) = TransformRow(m + filter + (8 * point), point);
                var (a3, b3) = TransformRow(m + filter + (12 * point), point);
                var b = Vector256.Load(bias + filter);
                PoolReluDropout.Pool(a0 + a1 + a2, b0 + b1 + b2, a1 - a2 - a3, b1 - b2 - b3, b, mask, scale, y, winner);
                mask = mask == null ? null : mask + Lanes;
            }
        }
    }

    private static void Multiply512(float* v, float* u, float* m, int channels, int filters)
    {
        float* v1 = v + channels, v2 = v1 + channels, v3 = v2 + channels, v4 = v3 + channels;
        Vector512<float> l0 = default, l1 = default, l2 = default, l3 = default, l4 = default, r0 = default, r1 = default, r2 = default, r3 = default, r4 = default;
        for (int channel = 0; channel < channels; channel++, u += filters)
        {
            var left = Vector512.Load(u);
            var right = Vector512.Load(u + Vector512<float>.Count);
            var value = Vector512.Create(v[channel]);
            l0 = Vector512.FusedMultiplyAdd(value, left, l0);
            r0 = Vector512.FusedMultiplyAdd(value, right, r0);
            value = Vector512.Create(v1[channel]);
            l1 = Vector512.FusedMultiplyAdd(value, left, l1);
            r1 = Vector512.FusedMultiplyAdd(value, right, r1);
            value = Vector512.Create(v2[channel]);
            l2 = Vector512.FusedMultiplyAdd(value, left, l2);
            r2 = Vector512.FusedMultiplyAdd(value, right, r2);
            value = Vector512.Create(v3[channel]);
            l3 = Vector512.FusedMultiplyAdd(value, left, l3);
            r3 = Vector512.FusedMultiplyAdd(value, right, r3);
            value = Vector512.Create(v4[channel]);
            l4 = Vector512.FusedMultiplyAdd(value, left, l4);
            r4 = Vector512.FusedMultiplyAdd(value, right, r4);
        }

        l0.Store(m);
        r0.Store(m + Vector512<float>.Count);
        l1.Store(m += filters);
        r1.Store(m + Vector512<float>.Count);
        l2.Store(m += filters);
        r2.Store(m + Vector512<float>.Count);
        l3.Store(m += filters);
        r3.Store(m + Vector512<float>.Count);
        l4.Store(m += filters);
        r4.Store(m + Vector512<float>.Count);
    }

    private static void Multiply256(float* v, float* u, float* m, int channels, int filters)
    {
        float* v1 = v + channels, v2 = v1 + channels, v3 = v2 + channels, v4 = v3 + channels;
        Vector256<float> l0 = default, l1 = default, l2 = default, l3 = default, l4 = default, r0 = default, r1 = default, r2 = default, r3 = default, r4 = default;
        for (int channel = 0; channel < channels; channel++, u += filters)
        {
            var left = Vector256.Load(u);
            var right = Vector256.Load(u + Vector256<float>.Count);
            var value = Vector256.Create(v[channel]);
            l0 = Vector256.FusedMultiplyAdd(value, left, l0);
            r0 = Vector256.FusedMultiplyAdd(value, right, r0);
            value = Vector256.Create(v1[channel]);
            l1 = Vector256.FusedMultiplyAdd(value, left, l1);
            r1 = Vector256.FusedMultiplyAdd(value, right, r1);
            value = Vector256.Create(v2[channel]);
            l2 = Vector256.FusedMultiplyAdd(value, left, l2);
            r2 = Vector256.FusedMultiplyAdd(value, right, r2);
            value = Vector256.Create(v3[channel]);
            l3 = Vector256.FusedMultiplyAdd(value, left, l3);
            r3 = Vector256.FusedMultiplyAdd(value, right, r3);
            value = Vector256.Create(v4[channel]);
            l4 = Vector256.FusedMultiplyAdd(value, left, l4);
            r4 = Vector256.FusedMultiplyAdd(value, right, r4);
        }

        l0.Store(m);
        r0.Store(m + Vector256<float>.Count);
        l1.Store(m += filters);
        r1.Store(m + Vector256<float>.Count);
        l2.Store(m += filters);
        r2.Store(m + Vector256<float>.Count);
        l3.Store(m += filters);
        r3.Store(m + Vector256<float>.Count);
        l4.Store(m += filters);
        r4.Store(m + Vector256<float>.Count);
    }

    /// <summary>G times a column of three.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> First, Vector256<float> Second, Vector256<float> Third, Vector256<float> Fourth) TransformKernel(
        Vector256<float> first, Vector256<float> second, Vector256<float> third)
    {
        var outer = (first + third) * 0.5f;
        var inner = second * 0.5f;
        return (first, outer + inner, outer - inner, third);
    }

    /// <summary>Writes each channel's four points to its own place.</summary>
    private static void Spread(
        (Vector256<float> First, Vector256<float> Second, Vector256<float> Third, Vector256<float> Fourth) points, float* to, long point, int stride, float* lanes)
    {
        Spread(points.First, to, stride, lanes);
        Spread(points.Second, to + point, stride, lanes);
        Spread(points.Third, to + (2 * point), stride, lanes);
        Spread(points.Fourth, to + (3 * point), stride, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(Vector256<float> values, float* to, int stride, float* lanes)
    {
        values.Store(lanes);
        for (int lane = 0; lane < Lanes; lane++, to += stride)
        {
            *to = lanes[lane];
        }
    }

    /// <summary>The sum or the difference of two rows of four pixels, times B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Row TransformColumns(float* one, float* other, int channels, bool subtracts)
    {
        var d0 = Vector256.Load(one);
        var d1 = Vector256.Load(one + channels);
        var d2 = Vector256.Load(one + (2 * channels));
        var d3 = Vector256.Load(one + (3 * channels));
        var e0 = Vector256.Load(other);
        var e1 = Vector256.Load(other + channels);
        var e2 = Vector256.Load(other + (2 * channels));
        var e3 = Vector256.Load(other + (3 * channels));
        if (subtracts)
        {
            (d0, d1, d2, d3) = (d0 - e0, d1 - e1, d2 - e2, d3 - e3);
        }
        else
        {
            (d0, d1, d2, d3) = (d0 + e0, d1 + e1, d2 + e2, d3 + e3);
        }

        return new Row(d0 - d2, d1 + d2, d2 - d1, d1 - d3);
    }

    /// <summary>A row of a tile, times A: what goes to the left and to the right output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Left, Vector256<float> Right) TransformRow(float* m, long point)
    {
        var second = Vector256.Load(m + point);
        var third = Vector256.Load(m + (2 * point));
        return (Vector256.Load(m) + second + third, second - third - Vector256.Load(m + (3 * point)));
    }

    private readonly struct Row(Vector256<float> first, Vector256<float> second, Vector256<float> third, Vector256<float> fourth)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(float* to, long point)
        {
            first.Store(to);
            second.Store(to + point);
            third.Store(to + (2 * point));
            fourth.Store(to + (3 * point));
        }
    }
}
