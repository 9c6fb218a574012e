using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

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
    private const int Alignment = 8;
    private const int LongestHeader = 1 << 20;
    private const string MetadataKey = "__metadata__";

    public static byte[] Write(IEnumerable<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ImmutableArray<NamedTensor> ordered = [.. tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal)];
        byte[] header = Header(ordered, metadata);
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

    /// <exception cref="SafetensorsException">The file is malformed; nothing the header claims is allocated before it is checked.</exception>
    public static (ImmutableDictionary<string, NamedTensor> Tensors, ImmutableDictionary<string, string> Metadata) Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < LengthBytes)
        {
            throw new SafetensorsException($"{file.Length} bytes are too short for a safetensors file.");
        }

        long headerLength = BinaryPrimitives.ReadInt64LittleEndian(file);
        if (headerLength < 2 || headerLength > LongestHeader || headerLength > file.Length - LengthBytes)
        {
            throw new SafetensorsException($"The header claims {headerLength} bytes of a file of {file.Length}.");
        }

        try
        {
            using var header = JsonDocument.Parse(file.Slice(LengthBytes, (int)headerLength).ToArray(), new() { AllowDuplicateProperties = false });
            return ReadTensors(header.RootElement, file[(LengthBytes + (int)headerLength)..]);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new SafetensorsException($"The header is malformed: {error.Message}");
        }
    }

    private static (ImmutableDictionary<string, NamedTensor>, ImmutableDictionary<string, string>) ReadTensors(JsonElement header, ReadOnlySpan<byte> content)
    {
        var tensors = ImmutableDictionary.CreateBuilder<string, NamedTensor>();
        var metadata = ImmutableDictionary<string, string>.Empty;
        var entries = new List<(string Name, ImmutableArray<long> Shape, long Start, long End)>();
        foreach (var property in header.EnumerateObject())
        {
            if (property.Name == MetadataKey)
            {
                metadata = property.Value.EnumerateObject().ToImmutableDictionary(
                    entry => entry.Name, entry => entry.Value.GetString() ?? throw new SafetensorsException($"The metadata '{entry.Name}' are null."));
                continue;
            }

            entries.Add(ReadEntry(property));
        }

        long expected = 0;
        foreach (var (name, shape, start, end) in entries.OrderBy(entry => entry.Start).ThenBy(entry => entry.End))
        {
            if (start != expected || end > content.Length)
            {
                throw new SafetensorsException($"Tensor '{name}' claims bytes {start} to {end}, but the one before ends at {expected} and the file holds {content.Length}.");
            }

            expected = end;
            tensors.Add(name, new NamedTensor(name, shape, MemoryMarshal.Cast<byte, float>(content[(int)start..(int)end]).ToArray()));
        }

        return expected == content.Length
            ? (tensors.ToImmutable(), metadata)
            : throw new SafetensorsException($"The tensors end at {expected}, but the file holds {content.Length} bytes of them.");
    }

    private static (string Name, ImmutableArray<long> Shape, long Start, long End) ReadEntry(JsonProperty property)
    {
        var entry = property.Value;
        if (!entry.TryGetProperty("dtype", out var type) || type.GetString() != "F32")
        {
            throw new SafetensorsException($"Tensor '{property.Name}' is not of type F32.");
        }

        if (!entry.TryGetProperty("shape", out var sizes) || !entry.TryGetProperty("data_offsets", out var offsets) || offsets.GetArrayLength() != 2)
        {
            throw new SafetensorsException($"Tensor '{property.Name}' has no shape or no two offsets.");
        }

        ImmutableArray<long> shape = [.. sizes.EnumerateArray().Select(size => size.GetInt64())];
        var (start, end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
        long elements = shape.Aggregate(1L, (product, size) => size < 0 ? throw new SafetensorsException($"Tensor '{property.Name}' has a negative size.") : checked(product * size));
        if (start < 0 || end < start || end - start != checked(elements * sizeof(float)))
        {
            throw new SafetensorsException($"Tensor '{property.Name}' of {elements} elements claims bytes {start} to {end}.");
        }

        return (property.Name, shape, start, end);
    }

    private static byte[] Header(ImmutableArray<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            long offset = 0;
            foreach (var tensor in tensors)
            {
                long end = offset + ((long)tensor.Values.Length * sizeof(float));
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", "F32");
                WriteNumbers(json, "shape", tensor.Shape);
                WriteNumbers(json, "data_offsets", [offset, end]);
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ImmutableArray<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
