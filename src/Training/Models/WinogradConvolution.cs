using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    private const int Lanes = 8;

    /// <summary>G·g·Gᵀ of each kernel.</summary>
    /// <param name="w">[filters, 3, 3, channels].</param>
    /// <param name="u">[points, channels, filters]; written.</param>
    public static void TransformKernels(ReadOnlySpan<float> w, Span<float> u, int filters, int channels)
    {
        float* lanes = stackalloc float[Lanes];
        long point = (long)channels * filters;
        fixed (float* first = w, points = u)
        {
            for (int filter = 0; filter < filters; filter++)
            {
                for (int channel = 0; channel < channels; channel += Lanes)
                {
                    float* g = first + ((long)filter * 9 * channels) + channel;
                    float* to = points + ((long)channel * filters) + filter;
                    var (a0, a1, a2, a3) = TransformKernel(Vector256.Load(g), Vector256.Load(g + (3 * channels)), Vector256.Load(g + (6 * channels)));
                    var (b0, b1, b2, b3) = TransformKernel(Vector256.Load(g + channels), Vector256.Load(g + (4 * channels)), Vector256.Load(g + (7 * channels)));
                    var (c0, c1, c2, c3) = TransformKernel(Vector256.Load(g + (2 * channels)), Vector256.Load(g + (5 * channels)), Vector256.Load(g + (8 * channels)));
                    Spread(TransformKernel(a0, b0, c0), to, point, filters, lanes);
                    Spread(TransformKernel(a1, b1, c1), to + (4 * point), point, filters, lanes);
                    Spread(TransformKernel(a2, b2, c2), to + (8 * point), point, filters, lanes);
                    Spread(TransformKernel(a3, b3, c3), to + (12 * point), point, filters, lanes);
                }
            }
        }
    }

    /// <summary>Bᵀ·d·B of the 4×4 inputs under each window.</summary>
    /// <param name="x">One image, [2 × height + 2, at least 2 × width + 2, channels].</param>
    /// <param name="v">[points, height × width, channels]; written.</param>
    /// <param name="height">Of the windows.</param>
    /// <param name="width">Of the windows.</param>
    /// <param name="row">Elements of a row of the image.</param>
    public static void TransformInput(float* x, float* v, int height, int width, int channels, int row)
    {
        long point = (long)height * width * channels;
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
    /// <param name="m">[points, tiles, filters]; written.</param>
    public static void Multiply(float* v, float* u, float* m, int tiles, int channels, int filters)
    {
        for (int point = 0; point < Points; point++, v += tiles * channels, u += channels * filters, m += tiles * filters)
        {
            MatrixProduct.Multiply(v, channels, 1, u, m, tiles, filters, channels);
        }
    }

    /// <summary>Aᵀ·m·A of each tile, and of its four outputs what pooling, bias, ReLU and dropout leave.</summary>
    /// <param name="m">[points, windows, filters].</param>
    /// <param name="bias">[filters].</param>
    /// <param name="mask">0xFF keeps, 0x00 drops, like the output; null keeps all.</param>
    /// <param name="scale">What kept outputs are multiplied with.</param>
    /// <param name="y">Output, [windows, filters].</param>
    /// <param name="winner">Which of the four outputs each window took, or <see cref="PoolReluDropout.None"/>; like the output.</param>
    public static void TransformOutput(float* m, float* bias, byte* mask, float scale, float* y, byte* winner, int windows, int filters)
    {
        long point = (long)windows * filters;
        for (int window = 0; window < windows; window++, m += filters)
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
        (Vector256<float> First, Vector256<float> Second, Vector256<float> Third, Vector256<float> Fourth) points, float* to, long point, int filters, float* lanes)
    {
        Spread(points.First, to, filters, lanes);
        Spread(points.Second, to + point, filters, lanes);
        Spread(points.Third, to + (2 * point), filters, lanes);
        Spread(points.Fourth, to + (3 * point), filters, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(Vector256<float> values, float* to, int filters, float* lanes)
    {
        values.Store(lanes);
        for (int lane = 0; lane < Lanes; lane++, to += filters)
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
