using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Experiments.Training.Randomness;

/// <summary>
/// Philox4x32-10: 128 random bits as a pure function of a 64-bit key and a 128-bit counter.
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC'11.
/// </summary>
internal static class Philox
{
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    public static Vector128<uint> Block(ulong key, Vector128<uint> counter)
    {
        uint key0 = (uint)key, key1 = (uint)(key >> 32);
        uint c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0, product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ key0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ key1, (uint)product0);
            key0 += Weyl0;
            key1 += Weyl1;
        }

        return Vector128.Create(c0, c1, c2, c3);
    }

    /// <summary>The blocks of eight counters that follow one another in their first word.</summary>
    /// <param name="counter">The first of the eight.</param>
    /// <param name="words">Word w of block l is lane l of <c>words[w]</c>; four vectors.</param>
    public static void EightBlocks(ulong key, Vector128<uint> counter, Span<Vector256<uint>> words)
    {
        if (Avx2.IsSupported)
        {
            EightBlocksAvx2(key, counter, words);
            return;
        }

        for (int lane = 0; lane < 8; lane++)
        {
            var block = Block(key, counter.WithElement(0, counter[0] + (uint)lane));
            for (int word = 0; word < 4; word++)
            {
                words[word] = words[word].WithElement(lane, block[word]);
            }
        }
    }

    private static void EightBlocksAvx2(ulong key, Vector128<uint> counter, Span<Vector256<uint>> words)
    {
        var key0 = Vector256.Create((uint)key);
        var key1 = Vector256.Create((uint)(key >> 32));
        var c0 = Vector256.Create(counter[0]) + Vector256<uint>.Indices;
        var c1 = Vector256.Create(counter[1]);
        var c2 = Vector256.Create(counter[2]);
        var c3 = Vector256.Create(counter[3]);
        var multiplier0 = Vector256.Create(Multiplier0);
        var multiplier1 = Vector256.Create(Multiplier1);
        for (int round = 0; round < Rounds; round++)
        {
            var (high0, low0) = Multiply(c0, multiplier0);
            var (high1, low1) = Multiply(c2, multiplier1);
            (c0, c1, c2, c3) = (high1 ^ c1 ^ key0, low1, high0 ^ c3 ^ key1, low0);
            key0 += Vector256.Create(Weyl0);
            key1 += Vector256.Create(Weyl1);
        }

        (words[0], words[1], words[2], words[3]) = (c0, c1, c2, c3);
    }

    /// <summary>High and low halves of the 64-bit products, lane by lane.</summary>
    private static (Vector256<uint> High, Vector256<uint> Low) Multiply(Vector256<uint> a, Vector256<uint> b)
    {
        const byte OddLanes = 0b10101010;
        var even = Avx2.Multiply(a, b).AsUInt32();
        var odd = Avx2.Multiply(Avx2.Shuffle(a, 0b11110101), b).AsUInt32();
        var high = Avx2.Blend(Avx2.Shuffle(even, 0b11110101), odd, OddLanes);
        var low = Avx2.Blend(even, Avx2.Shuffle(odd, 0b10100000), OddLanes);
        return (high, low);
    }
}
