using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Experiments.Training.Models;

/// <summary>
/// Products of small matrices. Each sum runs over the depth in its order, so that the bits are the same on every processor: those of MKL are
/// not, nor does it use AVX-512 on AMD.
/// </summary>
internal static unsafe class MatrixProduct
{
    private const int RowsAtOnce = 5, DepthAtOnce = 256;
    private const int Vector512Pair = 32, Vector256Pair = 16;

    /// <summary>c = a·b.</summary>
    /// <param name="a">[rows, depth].</param>
    /// <param name="aRow">Elements from row to row of a.</param>
    /// <param name="aColumn">Elements from column to column of a: 1, or where a is a transposed view, more.</param>
    /// <param name="b">[depth, columns], row after row.</param>
    /// <param name="c">[rows, columns], row after row; written.</param>
    /// <param name="columns">A multiple of 8.</param>
    public static void Multiply(float* a, int aRow, int aColumn, float* b, float* c, int rows, int columns, int depth)
    {
        // Of b so much at once as the first-level cache holds.
        for (int at = 0; at < depth; at += DepthAtOnce)
        {
            MultiplyPart(a + ((long)at * aColumn), aRow, aColumn, b + ((long)at * columns), c, rows, columns, Math.Min(DepthAtOnce, depth - at), adds: at > 0);
        }
    }

    /// <param name="from">[rows, columns].</param>
    /// <param name="to">[columns, rows]; written.</param>
    public static void Transpose(ReadOnlySpan<float> from, Span<float> to, int rows, int columns)
    {
        // In squares, whose lines stay in the cache until they are full.
        const int Side = 8;
        for (int top = 0; top < rows; top += Side)
        {
            for (int left = 0; left < columns; left += Side)
            {
                for (int row = top; row < Math.Min(top + Side, rows); row++)
                {
                    for (int column = left; column < Math.Min(left + Side, columns); column++)
                    {
                        to[(column * rows) + row] = from[(row * columns) + column];
                    }
                }
            }
        }
    }

    private static void MultiplyPart(float* a, int aRow, int aColumn, float* b, float* c, int rows, int columns, int depth, bool adds)
    {
        int width;
        for (int column = 0; column < columns; column += width)
        {
            width = ColumnsAtOnce(columns - column);
            for (int row = 0; row < rows; row += RowsAtOnce)
            {
                float* from = a + ((long)row * aRow);
                float* to = c + ((long)row * columns) + column;
                int last = rows - row - 1;
                switch (width)
                {
                    case Vector512Pair:
                        Multiply512(from, aRow, aColumn, b + column, to, last, columns, depth, adds);
                        break;
                    case Vector256Pair:
                        Multiply256(from, aRow, aColumn, b + column, to, last, columns, depth, adds);
                        break;
                    default:
                        Multiply256Half(from, aRow, aColumn, b + column, to, last, columns, depth, adds);
                        break;
                }
            }
        }
    }

    private static int ColumnsAtOnce(int left) =>
        Avx512F.IsSupported && left >= Vector512Pair ? Vector512Pair : left >= Vector256Pair ? Vector256Pair : Vector256Pair / 2;

    /// <summary>Five rows of 32 columns.</summary>
    /// <param name="last">The last row that there is: a fifth beyond it is computed as that one again.</param>
    private static void Multiply512(float* a, int aRow, int aColumn, float* b, float* c, int last, int columns, int depth, bool adds)
    {
        float* a1 = a + (Math.Min(1, last) * aRow), a2 = a + (Math.Min(2, last) * aRow), a3 = a + (Math.Min(3, last) * aRow), a4 = a + (Math.Min(4, last) * aRow);
        float* c1 = c + (Math.Min(1, last) * columns), c2 = c + (Math.Min(2, last) * columns), c3 = c + (Math.Min(3, last) * columns), c4 = c + (Math.Min(4, last) * columns);
        Vector512<float> l0 = default, l1 = default, l2 = default, l3 = default, l4 = default, r0 = default, r1 = default, r2 = default, r3 = default, r4 = default;
        if (adds)
        {
            (l0, r0) = (Vector512.Load(c), Vector512.Load(c + Vector512<float>.Count));
            (l1, r1) = (Vector512.Load(c1), Vector512.Load(c1 + Vector512<float>.Count));
            (l2, r2) = (Vector512.Load(c2), Vector512.Load(c2 + Vector512<float>.Count));
            (l3, r3) = (Vector512.Load(c3), Vector512.Load(c3 + Vector512<float>.Count));
            (l4, r4) = (Vector512.Load(c4), Vector512.Load(c4 + Vector512<float>.Count));
        }

        for (long at = 0, end = (long)depth * aColumn; at < end; at += aColumn, b += columns)
        {
            var left = Vector512.Load(b);
            var right = Vector512.Load(b + Vector512<float>.Count);
            var value = Vector512.Create(a[at]);
            l0 = Vector512.FusedMultiplyAdd(value, left, l0);
            r0 = Vector512.FusedMultiplyAdd(value, right, r0);
            value = Vector512.Create(a1[at]);
            l1 = Vector512.FusedMultiplyAdd(value, left, l1);
            r1 = Vector512.FusedMultiplyAdd(value, right, r1);
            value = Vector512.Create(a2[at]);
            l2 = Vector512.FusedMultiplyAdd(value, left, l2);
            r2 = Vector512.FusedMultiplyAdd(value, right, r2);
            value = Vector512.Create(a3[at]);
            l3 = Vector512.FusedMultiplyAdd(value, left, l3);
            r3 = Vector512.FusedMultiplyAdd(value, right, r3);
            value = Vector512.Create(a4[at]);
            l4 = Vector512.FusedMultiplyAdd(value, left, l4);
            r4 = Vector512.FusedMultiplyAdd(value, right, r4);
        }

        l4.Store(c4);
        r4.Store(c4 + Vector512<float>.Count);
        l3.Store(c3);
        r3.Store(c3 + Vector512<float>.Count);
        l2.Store(c2);
        r2.Store(c2 + Vector512<float>.Count);
        l1.Store(c1);
        r1.Store(c1 + Vector512<float>.Count);
        l0.Store(c);
        r0.Store(c + Vector512<float>.Count);
    }

    /// <summary>Five rows of 16 columns.</summary>
    /// <inheritdoc cref="Multiply512"/>
    private static void Multiply256(float* a, int aRow, int aColumn, float* b, float* c, int last, int columns, int depth, bool adds)
    {
        float* a1 = a + (Math.Min(1, last) * aRow), a2 = a + (Math.Min(2, last) * aRow), a3 = a + (Math.Min(3, last) * aRow), a4 = a + (Math.Min(4, last) * aRow);
        float* c1 = c + (Math.Min(1, last) * columns), c2 = c + (Math.Min(2, last) * columns), c3 = c + (Math.Min(3, last) * columns), c4 = c + (Math.Min(4, last) * columns);
        Vector256<float> l0 = default, l1 = default, l2 = default, l3 = default, l4 = default, r0 = default, r1 = default, r2 = default, r3 = default, r4 = default;
        if (adds)
        {
            (l0, r0) = (Vector256.Load(c), Vector256.Load(c + Vector256<float>.Count));
            (l1, r1) = (Vector256.Load(c1), Vector256.Load(c1 + Vector256<float>.Count));
            (l2, r2) = (Vector256.Load(c2), Vector256.Load(c2 + Vector256<float>.Count));
            (l3, r3) = (Vector256.Load(c3), Vector256.Load(c3 + Vector256<float>.Count));
            (l4, r4) = (Vector256.Load(c4), Vector256.Load(c4 + Vector256<float>.Count));
        }

        for (long at = 0, end = (long)depth * aColumn; at < end; at += aColumn, b += columns)
        {
            var left = Vector256.Load(b);
            var right = Vector256.Load(b + Vector256<float>.Count);
            var value = Vector256.Create(a[at]);
            l0 = Vector256.FusedMultiplyAdd(value, left, l0);
            r0 = Vector256.FusedMultiplyAdd(value, right, r0);
            value = Vector256.Create(a1[at]);
            l1 = Vector256.FusedMultiplyAdd(value, left, l1);
            r1 = Vector256.FusedMultiplyAdd(value, right, r1);
            value = Vector256.Create(a2[at]);
            l2 = Vector256.FusedMultiplyAdd(value, left, l2);
            r2 = Vector256.FusedMultiplyAdd(value, right, r2);
            value = Vector256.Create(a3[at]);
            l3 = Vector256.FusedMultiplyAdd(value, left, l3);
            r3 = Vector256.FusedMultiplyAdd(value, right, r3);
            value = Vector256.Create(a4[at]);
            l4 = Vector256.FusedMultiplyAdd(value, left, l4);
            r4 = Vector256.FusedMultiplyAdd(value, right, r4);
        }

        l4.Store(c4);
        r4.Store(c4 + Vector256<float>.Count);
        l3.Store(c3);
        r3.Store(c3 + Vector256<float>.Count);
        l2.Store(c2);
        r2.Store(c2 + Vector256<float>.Count);
        l1.Store(c1);
        r1.Store(c1 + Vector256<float>.Count);
        l0.Store(c);
        r0.Store(c + Vector256<float>.Count);
    }

    /// <summary>Five rows of 8 columns.</summary>
    /// <inheritdoc cref="Multiply512"/>
    private static void Multiply256Half(float* a, int aRow, int aColumn, float* b, float* c, int last, int columns, int depth, bool adds)
    {
        float* a1 = a + (Math.Min(1, last) * aRow), a2 = a + (Math.Min(2, last) * aRow), a3 = a + (Math.Min(3, last) * aRow), a4 = a + (Math.Min(4, last) * aRow);
        float* c1 = c + (Math.Min(1, last) * columns), c2 = c + (Math.Min(2, last) * columns), c3 = c + (Math.Min(3, last) * columns), c4 = c + (Math.Min(4, last) * columns);
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default;
        if (adds)
        {
            (s0, s1, s2, s3, s4) = (Vector256.Load(c), Vector256.Load(c1), Vector256.Load(c2), Vector256.Load(c3), Vector256.Load(c4));
        }

        for (long at = 0, end = (long)depth * aColumn; at < end; at += aColumn, b += columns)
        {
            var factor = Vector256.Load(b);
            s0 = Vector256.FusedMultiplyAdd(Vector256.Create(a[at]), factor, s0);
            s1 = Vector256.FusedMultiplyAdd(Vector256.Create(a1[at]), factor, s1);
            s2 = Vector256.FusedMultiplyAdd(Vector256.Create(a2[at]), factor, s2);
            s3 = Vector256.FusedMultiplyAdd(Vector256.Create(a3[at]), factor, s3);
            s4 = Vector256.FusedMultiplyAdd(Vector256.Create(a4[at]), factor, s4);
        }

        s4.Store(c4);
        s3.Store(c3);
        s2.Store(c2);
        s1.Store(c1);
        s0.Store(c);
    }
}
