using System.Text;
using Experiments.TensorBoard.EventFiles;
using Experiments.TensorBoard.Tests.Reading;

namespace Experiments.TensorBoard.Tests;

public sealed class EventFileTests
{
    /// <summary>RFC 3720, B.4.</summary>
    public static TheoryData<byte[], uint> PublishedChecksums => new()
    {
        { new byte[32], 0x8A9136AA },
        { [.. Enumerable.Repeat((byte)0xFF, 32)], 0x62A8AB43 },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)i)], 0x46DD794E },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))], 0x113FDB5C },
        { Encoding.ASCII.GetBytes("123456789"), 0xE3069283 },
    };

    [Theory]
    [MemberData(nameof(PublishedChecksums))]
    public void AChecksumIsThePublishedOneMasked(byte[] data, uint expected)
    {
        uint masked = unchecked(((expected >> 15) | (expected << 17)) + 0xA282EAD8);
        Assert.Equal(masked, MaskedCrc.Of(data));
        Assert.Equal(masked, RecordFile.Masked(data));
    }

    [Fact]
    public async Task ProtobufsOwnCompilerReadsEveryRecord()
    {
        Protoc.SkipIfMissing();
        using var folder = new ExportedFolder();
        folder.Export(Some.Run(Some.Completed(), Some.Attempt(lease: 1, from: 100, to: 200, before: 0, after: 3)));
        var texts = new List<string>();
        foreach (byte[] record in Directory.GetFiles(folder.Path, "*tfevents*", SearchOption.AllDirectories).Order().SelectMany(RecordFile.Read))
        {
            texts.Add(await Protoc.DecodeRaw(record));
        }

        Assert.Contains(texts, text => text.Contains("3: \"brain.Event:2\"", StringComparison.Ordinal));
        foreach (string tag in folder.Read().AllTags.Concat(folder.Read("baseline").AllTags))
        {
            Assert.Contains(texts, text => text.Contains($"1: \"{tag}\"", StringComparison.Ordinal));
        }

        // The first epoch: its step, and its validation loss as the bits of a float.
        Assert.Contains(texts, text => text.Contains("\n2: 1\n", StringComparison.Ordinal)
            && text.Contains($"1: \"loss/validation\"\n    2: 0x{BitConverter.SingleToUInt32Bits(0.7f):x8}\n", StringComparison.Ordinal));
    }
}
