using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Experiments.Training.Checkpoints;
using Xunit;

namespace Experiments.Training.Tests.Checkpoints;

public sealed class SafetensorsTests
{
    private const string Entry = """{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""";

    private static readonly NamedTensor[] Tensors =
    [
        new("b", [2, 3], new float[] { 1, -2, 3.5f, float.NaN, float.NegativeInfinity, float.Epsilon }),
        new("a.weight", [4], new float[] { 0, 1, 2, 3 }),
        new("scalar", [], new float[] { 42 }),
        new("empty", [0, 7], Array.Empty<float>()),
    ];

    private static readonly Dictionary<string, string> Metadata = new() { ["z"] = "last", ["a"] = "\"quoted\" ä €" };

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        var (tensors, metadata) = Safetensors.Read(Safetensors.Write(Tensors, Metadata));

        Assert.Equal(Metadata, metadata);
        Assert.Equal(Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal), tensors.Keys.Order(StringComparer.Ordinal));
        Assert.All(Tensors, tensor =>
        {
            Assert.Equal(tensor.Shape, tensors[tensor.Name].Shape);
            Assert.Equal(Bits(tensor), Bits(tensors[tensor.Name]));
        });
    }

    [Fact]
    public void EqualContentIsEqualBytesWhateverTheOrder() => Assert.Equal(
        Safetensors.Write(Tensors, Metadata),
        Safetensors.Write(Tensors.Reverse(), Metadata.Reverse().ToDictionary()));

    [Fact]
    public void TheBytesAreThoseOfTheFormat()
    {
        byte[] file = Safetensors.Write([new("x", [2], new float[] { 1, 2 })], ImmutableDictionary<string, string>.Empty);

        const string Header = """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}  """;
        Assert.Equal(Header.Length, BinaryPrimitives.ReadInt64LittleEndian(file));
        Assert.Equal(0, Header.Length % 8);
        Assert.Equal([.. Encoding.ASCII.GetBytes(Header), 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40], file[8..]);
    }

    [Theory]
    [InlineData("not JSON", "malformed")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{\"x\":7}", "malformed")]
    [InlineData("{\"x\":{}}", "'x' is not of type F32")]
    [InlineData("{\"x\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}", "'x' is not of type F32")]
    [InlineData("{\"x\":{\"dtype\":7,\"shape\":[2],\"data_offsets\":[0,8]}}", "malformed")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}", "no shape, no two offsets")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[2]}}", "no shape, no two offsets")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4,8]}}", "no shape, no two offsets")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}", "'x' has 2.5 where")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", "'x' of 3 elements claims bytes 0 to 8")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[-1,-2],\"data_offsets\":[0,8]}}", "'x' has -1 where a whole number belongs")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}", "'x' of too many elements")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904],\"data_offsets\":[0,8]}}", "'x' of 4611686018427387904 elements")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}", "'x' has -8 where a whole number belongs")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", "claims bytes 8 to 0")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}", "claims bytes 0 to 16 of 8")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "The tensors end at 4, but the file holds 8")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "the one before ends at 0")]
    [InlineData("{\"x\":" + Entry + ",\"y\":" + Entry + "}", "the one before ends at 8")]
    [InlineData("{\"x\":" + Entry + ",\"x\":" + Entry + "}", "malformed")]
    [InlineData("{\"__metadata__\":[],\"x\":" + Entry + "}", "malformed")]
    [InlineData("{\"__metadata__\":{\"a\":null},\"x\":" + Entry + "}", "'a' are null")]
    [InlineData("{\"__metadata__\":{\"a\":1},\"x\":" + Entry + "}", "malformed")]
    [InlineData("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"},\"x\":" + Entry + "}", "malformed")]
    [InlineData("{\"x\":" + Entry + ",\"\\u0078\":" + Entry + "}", "malformed")]
    [InlineData("{\"\\ud800\":" + Entry + "}", "malformed")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"strides\":[1]}}", "or more than these")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"shape\":[2],\"data_offsets\":[0,8]}}", "malformed")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[2,9223372036854775808],\"data_offsets\":[0,8]}}", "where a whole number belongs")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,3,0],\"data_offsets\":[0,0]}}", "'x' of too many elements")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[-0],\"data_offsets\":[0,0]}}", "where a whole number belongs")]
    [InlineData("{\"x\":" + Entry + ",\"y\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,4]}}", "the one before ends at 8")]
    [InlineData("{\"\":" + Entry + "}", "A tensor has no name")]
    [InlineData("{\"x\":" + Entry + "}\n", "padded with spaces")]
    [InlineData(" {\"x\":" + Entry + "}", "padded with spaces")]
    public void AMalformedHeaderIsRefused(string header, string reason)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = [.. BitConverter.GetBytes((long)json.Length), .. json, .. new byte[8]];

        var fault = Assert.Throws<SafetensorsException>(() => Safetensors.Read(file));

        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void AFileTooShortIsRefused(int length) => Assert.Throws<SafetensorsException>(() => Safetensors.Read(new byte[length]));

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(93)]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    public void AHeaderLongerThanTheFileIsRefused(long claimed)
    {
        var file = new byte[100];
        BinaryPrimitives.WriteInt64LittleEndian(file, claimed);

        Assert.Contains("header claims", Assert.Throws<SafetensorsException>(() => Safetensors.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMalformedFileIsRefusedBeforeItsTensorsAreAllocated()
    {
        const int Values = 4 << 20;
        byte[] file = Safetensors.Write([new("a", [Values], new float[Values]), new("b", [Values], new float[Values])], ImmutableDictionary<string, string>.Empty);
        byte[] cut = file[..^1];
        byte[] brackets = [.. BitConverter.GetBytes(1L << 20), .. Enumerable.Repeat((byte)'[', 1 << 20)];
        brackets[8] = (byte)'{';
        Safetensors.Read(file);

        Assert.All([cut, brackets], malformed =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<SafetensorsException>(() => Safetensors.Read(malformed));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        });
    }

    public static TheoryData<string, NamedTensor[]> Unreadable => new()
    {
        { "one name twice", [new("x", [1], new float[1]), new("x", [2], new float[2])] },
        { "no name", [new("", [1], new float[1])] },
        { "the metadata's name", [new("__metadata__", [1], new float[1])] },
        { "more values than its shape has", [new("x", [2], new float[3])] },
        { "a negative size", [new("x", [-1], new float[1])] },
        { "a product beyond 64 bits", [new("x", [long.MaxValue, 3, 0], Array.Empty<float>())] },
    };

    [Theory]
    [MemberData(nameof(Unreadable), DisableDiscoveryEnumeration = true)]
    public void WhatCouldNotBeReadIsNotWritten(string reason, NamedTensor[] tensors) =>
        Assert.True(Record.Exception(() => Safetensors.Write(tensors, ImmutableDictionary<string, string>.Empty)) is ArgumentException, reason);

    [Fact]
    public void AHeaderTooLongToBeReadIsNotWritten() =>
        Assert.Throws<ArgumentException>(() => Safetensors.Write(Tensors, new Dictionary<string, string> { ["a"] = new('a', 1 << 20) }));

    private static IEnumerable<int> Bits(NamedTensor tensor) => tensor.Values.ToArray().Select(BitConverter.SingleToInt32Bits);
}
