using System.Runtime.Intrinsics;

namespace Experiments.Training.Randomness;

/// <summary>
/// Which activations of a batch are kept. Each draws 16 bits: the rate is exact to 2⁻¹⁷, far below the sampling error of a batch.
/// Element e of a layer takes, of the group g = e / 64 and k = e % 64, half k / 32 of word (k / 8) % 4 of block 8g + k % 8.
/// </summary>
internal static class DropoutMask
{
    private const int Group = 64;

    /// <summary>Fills the mask with 0xFF (kept) and 0x00 (dropped).</summary>
    public static void Fill(Span<byte> mask, double rate, RandomStream stream)
    {
        var threshold = Vector256.Create((ushort)Math.Min(ushort.MaxValue, (int)Math.Round(rate * (ushort.MaxValue + 1))));
        Span<Vector256<uint>> words = stackalloc Vector256<uint>[4];
        Span<byte> last = stackalloc byte[Group];
        for (int start = 0; start < mask.Length; start += Group)
        {
            stream.EightBlocks((uint)(start / Group) * 8, words);
            var target = mask.Length - start >= Group ? mask.Slice(start, Group) : last;
            for (int half = 0; half < 2; half++)
            {
                var low = Vector256.Narrow(Half(words[0], half), Half(words[1], half));
                var high = Vector256.Narrow(Half(words[2], half), Half(words[3], half));
                var kept = Vector256.Narrow(
                    Vector256.GreaterThanOrEqual(low, threshold),
                    Vector256.GreaterThanOrEqual(high, threshold));
                kept.CopyTo(target[(half * 32)..]);
            }

            if (target == last)
            {
                last[..(mask.Length - start)].CopyTo(mask[start..]);
            }
        }
    }

    private static Vector256<uint> Half(Vector256<uint> words, int half) => (half == 0 ? words : words >> 16) & Vector256.Create(0xFFFFu);
}
