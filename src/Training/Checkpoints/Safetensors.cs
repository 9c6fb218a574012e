using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Experiments.Training.Checkpoints;

/// <summary>Named 32-bit floats with their shape.</summary>
public sealed record NamedTensor(string Name, ImmutableArray<long> Shape, ReadOnlyMemory<float> Values);

/// <summary>
/// The safetensors format: the header's length in 8 bytes, a JSON header, then the tensors' bytes without gaps. Written in the order
/// of the names, so that equal content is equal bytes. Source: the format's description at Hugging Face, "safetensors".
/// </summary>
public static class Safetensors
{
    private const int LengthBytes = 8;

    /// <exception cref="ArgumentException">Two tensors have one name, a name is empty, values are not as many as their shape says, or the header is too long.</exception>
    public static byte[] Write(IEnumerable<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ImmutableArray<NamedTensor> ordered = [.. tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal)];
        byte[] header = SafetensorsHeader.Write(ordered, metadata);
        var file = new byte[LengthBytes + header.Length + ordered.Sum(tensor => (long)tensor.Values.Length * sizeof(float))];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, LengthBytes);
        int offset = LengthBytes + header.Length;
        foreach (var tensor in ordered)
        {
            var bytes = MemoryMarshal.AsBytes(tensor.Values.Span);
            bytes.CopyTo(file.AsSpan(offset));
            offset += bytes.Length;
        }

        return file;
    }

    /// <summary>Values may be any, also infinite or not a number.</summary>
    /// <exception cref="SafetensorsException">The file is malformed; no tensor is allocated before the whole header is checked.</exception>
    public static (ImmutableDictionary<string, NamedTensor> Tensors, ImmutableDictionary<string, string> Metadata) Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < LengthBytes)
        {
            throw new SafetensorsException($"{file.Length} bytes are too short for a safetensors file.");
        }

        ulong claimed = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (claimed > SafetensorsHeader.Longest || (int)claimed > file.Length - LengthBytes)
        {
            throw new SafetensorsException($"The header claims {claimed} bytes of a file of {file.Length}.");
        }

        var content = file[(LengthBytes + (int)claimed)..];
        var (entries, metadata) = SafetensorsHeader.Read(file.Slice(LengthBytes, (int)claimed), content.Length);
        var tensors = ImmutableDictionary.CreateBuilder<string, NamedTensor>();
        foreach (var (name, shape, start, end) in entries)
        {
            tensors.Add(name, new NamedTensor(name, shape, MemoryMarshal.Cast<byte, float>(content[start..end]).ToArray()));
        }

        return (tensors.ToImmutable(), metadata);
    }
}
