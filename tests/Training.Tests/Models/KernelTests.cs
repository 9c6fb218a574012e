using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Experiments.Training.Models;
using Xunit;

namespace Experiments.Training.Tests.Models;

/// <summary>Kernels in C# give the same bits on every processor: other tests run these on one without AVX-512 or AVX2.</summary>
public sealed unsafe class KernelTests
{
    private const int Side = 8, Channels = 24, Filters = 8, Windows = 9, Row = Side * Channels;

    [Fact]
    public void TheFirstConvolutionIsTheSameEverywhere()
    {
        // One register of sixteen floats and one of eight.
        const int Filters = 24;
        float[] x = Numbers(Side * Side, 1), w = Numbers(9 * Filters, 2), b = Numbers(Filters, 3), gy = Numbers(Windows * Filters, 4);
        float[] y = new float[Windows * Filters], patches = new float[Windows * 16], gw = new float[9 * Filters], gb = new float[Filters];
        byte[] winner = new byte[Windows * Filters];
        fixed (float* px = x, pw = w, pb = b, pgy = gy, py = y, pp = patches, pgw = gw, pgb = gb)
        fixed (byte* pwinner = winner)
        {
            FirstConvolution.Forward(px, pw, pb, mask: null, scale: 1.25f, py, pwinner, Side, Side, Filters);
            FirstConvolution.Patches(px, pp, Side, Side);
            FirstConvolution.Backward(pp, pgy, pwinner, scale: 1.25f, pgw, pgb, Windows, Filters);
        }

        Assert.Equal("f0314e4ea1df57ad", Hash(y, gw, gb));
    }

    [Fact]
    public void WinogradsConvolutionIsTheSameEverywhereAndThatOfADenseSum()
    {
        const int Filters = 40;
        float[] x = Numbers(Side * Row, 8), w = Numbers(Filters * 9 * Channels, 9), b = Numbers(Filters, 10), y = new float[Windows * Filters];
        float[] u = new float[16 * Channels * Filters], v = new float[16 * Windows * Channels], m = new float[16 * Windows * Filters];
        byte[] winner = new byte[y.Length], mask = [.. Enumerable.Range(0, y.Length).Select(i => i % 7 == 0 ? (byte)0 : (byte)0xFF)];
        WinogradConvolution.TransformKernels(w, u, Filters, Channels);
        fixed (float* px = x, pb = b, py = y, pu = u, pv = v, pm = m)
        fixed (byte* pwinner = winner, pmask = mask)
        {
            WinogradConvolution.TransformInput(px, pv, height: 3, width: 3, Channels, Row);
            WinogradConvolution.Multiply(pv, pu, pm, Windows, Channels, Filters);
            WinogradConvolution.TransformOutput(pm, pb, pmask, scale: 1.25f, py, pwinner, Windows, Filters);
        }

        Assert.Equal("d20a1781485b846c33139f378a919e17", Hash(y) + Convert.ToHexStringLower(SHA256.HashData(winner))[..16]);
        for (int at = 0; at < y.Length; at++)
        {
            var (window, filter) = (at / Filters, at % Filters);
            double[] outputs = [.. Enumerable.Range(0, 4).Select(output => Dense(x, w, filter, (2 * (window / 3)) + (output / 2), (2 * (window % 3)) + (output % 2)))];
            double largest = outputs.Max() + b[filter];
            bool contributes = largest > 0 && mask[at] != 0;
            Assert.Equal(contributes ? 1.25 * largest : 0, y[at], 1e-4);
            Assert.Equal(contributes ? Array.IndexOf(outputs, outputs.Max()) : PoolReluDropout.None, winner[at]);
        }
    }

    [Theory]
    [InlineData(5, 32, 32, 1)]
    [InlineData(1, 8, 1, 1)]
    [InlineData(3, 56, 300, 1)]
    [InlineData(12, 72, 513, 12)]
    public void AMatrixProductIsItsSumsInOneOrder(int rows, int columns, int depth, int aColumn)
    {
        // A transposed view has its columns a row apart.
        int aRow = aColumn == 1 ? depth : 1;
        float[] a = Numbers(rows * depth, 11), b = Numbers(depth * columns, 12), c = [.. Enumerable.Repeat(float.NaN, rows * columns)];
        fixed (float* pa = a, pb = b, pc = c)
        {
            MatrixProduct.Multiply(pa, aRow, aColumn, pb, pc, rows, columns, depth);
        }

        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                float sum = 0;
                for (int at = 0; at < depth; at++)
                {
                    sum = MathF.FusedMultiplyAdd(a[(row * aRow) + (at * aColumn)], b[(at * columns) + column], sum);
                }

                Assert.Equal(sum, c[(row * columns) + column]);
            }
        }
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(3, 19)]
    public void ATransposedMatrixHasItsColumnsAsRows(int rows, int columns)
    {
        float[] from = Numbers(rows * columns, 13), to = new float[from.Length];

        MatrixProduct.Transpose(from, to, rows, columns);

        Assert.Equal(Enumerable.Range(0, from.Length).Select(at => from[(at % rows * columns) + (at / rows)]), to);
    }

    [Fact]
    public void TheSparseGradientsAreTheSameEverywhereAndThoseOfADenseSum()
    {
        float[] x = Numbers(Side * Row, 5), w = Numbers(Filters * 9 * Channels, 6), gy = Numbers(Windows * Filters, 7);
        float[] gradients = new float[Windows * Filters], gw = new float[w.Length], gb = new float[Filters], gx = new float[x.Length];
        byte[] winner = [.. Enumerable.Range(0, Windows * Filters).Select(i => i % 5 == 4 ? PoolReluDropout.None : (byte)(i % 5))];
        int[] count = new int[Filters], offsets = new int[Windows * Filters];
        fixed (float* px = x, pw = w, pgy = gy, pgradients = gradients, pgw = gw, pgb = gb, pgx = gx)
        fixed (byte* pwinner = winner)
        fixed (int* pcount = count, poffsets = offsets)
        {
            SparseConvolution.Collect(pcount, poffsets, pgradients, pgy, pwinner, scale: 1.25f, height: 3, width: 3, Filters, Channels, Row);
            SparseConvolution.AddBias(pcount, pgradients, pgb, Windows, Filters);
            SparseConvolution.AddWeights(px, pcount, poffsets, pgradients, pgw, Windows, Filters, Channels, Row);
            SparseConvolution.AddInput(pw, pcount, poffsets, pgradients, pgx, Windows, Filters, Channels, Row);
        }

        Assert.Equal("bfe5dadb9953a4a5", Hash(gw, gb, gx));
        AssertDense(x, w, gy, winner, gw, gb, gx);
    }

    /// <summary>One output of a convolution, without its bias.</summary>
    private static double Dense(float[] x, float[] w, int filter, int top, int left)
    {
        double sum = 0;
        for (int tap = 0; tap < 9; tap++)
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                sum += (double)x[((top + (tap / 3)) * Row) + ((left + (tap % 3)) * Channels) + channel] * w[(((filter * 9) + tap) * Channels) + channel];
            }
        }

        return sum;
    }

    private static void AssertDense(float[] x, float[] w, float[] gy, byte[] winner, float[] gw, float[] gb, float[] gx)
    {
        double[] weights = new double[gw.Length], biases = new double[gb.Length], inputs = new double[gx.Length];
        for (int at = 0; at < winner.Length; at++)
        {
            if (winner[at] == PoolReluDropout.None) continue;

            var (window, filter, gradient) = (at / Filters, at % Filters, gy[at] * 1.25);
            int top = (2 * (window / 3)) + (winner[at] / 2), left = (2 * (window % 3)) + (winner[at] % 2);
            biases[filter] += gradient;
            for (int tap = 0; tap < 9; tap++)
            {
                for (int channel = 0; channel < Channels; channel++)
                {
                    int pixel = ((top + (tap / 3)) * Row) + ((left + (tap % 3)) * Channels) + channel, weight = (((filter * 9) + tap) * Channels) + channel;
                    weights[weight] += gradient * x[pixel];
                    inputs[pixel] += gradient * w[weight];
                }
            }
        }

        Assert.All(weights.Zip(gw), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.All(biases.Zip(gb), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.All(inputs.Zip(gx), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    private static float[] Numbers(int count, int seed) => [.. Enumerable.Range(0, count).Select(i => MathF.Round(4096 * MathF.Sin(i + (7 * seed))) / 3000)];

    private static string Hash(params float[][] arrays) =>
        Convert.ToHexStringLower(SHA256.HashData([.. arrays.SelectMany(array => MemoryMarshal.AsBytes(array.AsSpan()).ToArray())]))[..16];
}
