using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
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
    [InlineData("[]", "malformed")]
    [InlineData("{\"x\":7}", "malformed")]
    [InlineData("{\"x\":{}}", "'x' is not of type F32")]
    [InlineData("{\"x\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}", "'x' is not of type F32")]
    [InlineData("{\"x\":{\"dtype\":7,\"shape\":[2],\"data_offsets\":[0,8]}}", "malformed")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}", "no shape or no two offsets")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[2]}}", "no shape or no two offsets")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4,8]}}", "no shape or no two offsets")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}", "malformed")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", "'x' of 3 elements claims bytes 0 to 8")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[-1,-2],\"data_offsets\":[0,8]}}", "'x' has a negative size")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}", "malformed")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904],\"data_offsets\":[0,8]}}", "malformed")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}", "claims bytes -8 to 0")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", "claims bytes 8 to 0")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}", "the file holds 8")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "The tensors end at 4, but the file holds 8")]
    [InlineData("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "the one before ends at 0")]
    [InlineData("{\"x\":" + Entry + ",\"y\":" + Entry + "}", "the one before ends at 8")]
    [InlineData("{\"x\":" + Entry + ",\"x\":" + Entry + "}", "malformed")]
    [InlineData("{\"__metadata__\":[],\"x\":" + Entry + "}", "malformed")]
    [InlineData("{\"__metadata__\":{\"a\":null},\"x\":" + Entry + "}", "'a' are null")]
    [InlineData("{\"__metadata__\":{\"a\":1},\"x\":" + Entry + "}", "malformed")]
    [InlineData("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"},\"x\":" + Entry + "}", "malformed")]
    [InlineData("{\"\\ud800\":" + Entry + "}", "malformed")]
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
    public void AFileTooShortIsRefused(int length) => Assert.Throws<SafetensorsException>(() => Safetensors.Read(new byte[length]));

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(1)]
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
    public void AMutatedFileIsRefusedOrHoldsWhatItClaims()
    {
        const int Files = 5_000;
        var random = new Random(20_18);
        byte[] original = Safetensors.Write(Tensors, Metadata);
        int headerEnd = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(original);
        int accepted = 0;
        for (int i = 0; i < Files; i++)
        {
            byte[] file = Damage.Some(original, headerEnd, random);
            try
            {
                var (tensors, metadata) = Safetensors.Read(file);
                accepted++;
                AssertHolds(tensors, file);
            }
            catch (SafetensorsException)
            {
            }
        }

        Assert.InRange(accepted, 1, Files - 1);
    }

    /// <summary>Every tensor that the header names has the shape and the bytes that it claims, and no byte is left over.</summary>
    private static void AssertHolds(ImmutableDictionary<string, NamedTensor> tensors, byte[] file)
    {
        int headerLength = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        byte[] content = file[(8 + headerLength)..];
        using var header = JsonDocument.Parse(file.AsMemory(8, headerLength));
        var claims = header.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__").ToList();

        Assert.Equal(claims.Count, tensors.Count);
        Assert.Equal(content.Length, tensors.Values.Sum(tensor => tensor.Values.Length * sizeof(float)));
        Assert.All(claims, claim =>
        {
            int[] offsets = claim.Value.GetProperty("data_offsets").Deserialize<int[]>()!;
            Assert.Equal(claim.Value.GetProperty("shape").Deserialize<long[]>()!, tensors[claim.Name].Shape);
            Assert.Equal(content[offsets[0]..offsets[1]], tensors[claim.Name].Values.ToArray().SelectMany(BitConverter.GetBytes));
        });
    }

    private static IEnumerable<int> Bits(NamedTensor tensor) => tensor.Values.ToArray().Select(BitConverter.SingleToInt32Bits);
}
