using System.Runtime.Intrinsics;

namespace Experiments.Training.Randomness;

/// <summary>What a random number is for; part of its counter, so that no two purposes ever share one.</summary>
internal enum RandomPurpose : byte
{
    Initialization = 1,
    Shuffle = 2,
    Dropout = 3,
    Augmentation = 4,
}

/// <summary>
/// The random numbers of one (seed, purpose, layer, epoch, batch): blocks of 128 bits, numbered from 0. Counter words: block, batch,
/// epoch, purpose and layer; the key is the seed. No stream has more blocks than 32 bits count: one a weight, at most one a word of a shuffle, one an
/// image, or eight for 64 elements of a mask.
/// </summary>
internal readonly record struct RandomStream(long Seed, RandomPurpose Purpose, int Layer = 0, int Epoch = 0, int Batch = 0)
{
    private uint Owner => ((uint)Purpose << 24) | (uint)Layer;

    public Vector128<uint> Block(uint index) => Philox.Block((ulong)Seed, Counter(index));

    /// <summary>Blocks <paramref name="index"/> to <paramref name="index"/> + 7: word w of block l is lane l of <c>words[w]</c>.</summary>
    public void EightBlocks(uint index, Span<Vector256<uint>> words) => Philox.EightBlocks((ulong)Seed, Counter(index), words);

    /// <summary>Uniform in the open interval (0, 1), with 53 random bits.</summary>
    public double Uniform(uint index)
    {
        var block = Block(index);
        ulong bits = ((ulong)(block[0] >> 5) << 26) | (block[1] >> 6);
        return (bits + 0.5) / (1UL << 53);
    }

    private Vector128<uint> Counter(uint index) => Vector128.Create(index, (uint)Batch, (uint)Epoch, Owner);
}
