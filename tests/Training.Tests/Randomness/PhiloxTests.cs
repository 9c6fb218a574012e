using System.Runtime.Intrinsics;
using Experiments.Training.Randomness;
using Xunit;

namespace Experiments.Training.Tests.Randomness;

public sealed class PhiloxTests
{
    /// <summary>The vectors that Random123 publishes in its <c>kat_vectors</c>: counter, key, block.</summary>
    public static TheoryData<uint[], ulong, uint[]> Published => new()
    {
        { [0, 0, 0, 0], 0, [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
        { [uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue], ulong.MaxValue, [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd] },
        { [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], 0x299f31d0_a4093822, [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1] },
    };

    [Theory, MemberData(nameof(Published))]
    public void ABlockIsThePublishedOne(uint[] counter, ulong key, uint[] expected)
    {
        Assert.Equal(Vector128.Create(expected), Philox.Block(key, Vector128.Create(counter)));

        Span<Vector256<uint>> words = stackalloc Vector256<uint>[4];
        Philox.EightBlocks(key, Vector128.Create(counter), words);
        Assert.Equal(Vector128.Create(expected), Vector128.Create(words[0][0], words[1][0], words[2][0], words[3][0]));
    }

    [Theory]
    [InlineData(0u, 0ul)]
    [InlineData(12345u, 0x7FFFFFFFFFFFFFFFul)]
    [InlineData(uint.MaxValue - 3, 42ul)]
    public void EightBlocksAreThoseOfTheEightCounters(uint first, ulong key)
    {
        Span<Vector256<uint>> words = stackalloc Vector256<uint>[4];
        Philox.EightBlocks(key, Vector128.Create(first, 7u, 8u, 9u), words);
        for (int lane = 0; lane < 8; lane++)
        {
            var block = Philox.Block(key, Vector128.Create(unchecked(first + (uint)lane), 7u, 8u, 9u));
            Assert.Equal(block, Vector128.Create(words[0][lane], words[1][lane], words[2][lane], words[3][lane]));
        }
    }
}
