using System.Collections.Immutable;
using System.Text.Json;

namespace Experiments.Training.Checkpoints;

/// <summary>
/// The header of a safetensors file: which bytes of the content are which tensor. What is read is as strict as the format's description,
/// and stricter than the library: no key beside the three of a tensor, no tensor without a name.
/// </summary>
/// <param name="Entries">In the order of their bytes, which they cover without gap or overlap.</param>
internal sealed record SafetensorsHeader(ImmutableArray<SafetensorsHeader.Entry> Entries, ImmutableDictionary<string, string> Metadata)
{
    private const string MetadataKey = "__metadata__", TypeKey = "dtype", ShapeKey = "shape", OffsetsKey = "data_offsets", Float = "F32";
    private const int Alignment = 8;

    /// <summary>Bytes.</summary>
    public const int Longest = 1 << 20;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>A tensor and its bytes of the content.</summary>
    internal readonly record struct Entry(string Name, ImmutableArray<long> Shape, int Start, int End);

    /// <param name="contentLength">Bytes that follow the header.</param>
    /// <exception cref="SafetensorsException">It is malformed, or does not fit the content.</exception>
    public static SafetensorsHeader Read(ReadOnlySpan<byte> json, int contentLength)
    {
        json = json.TrimEnd((byte)' ');
        if (json is not [(byte)'{', .., (byte)'}'])
        {
            throw new SafetensorsException("The header is malformed: it is no JSON object padded with spaces.");
        }

        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), Strict);
            var metadata = document.RootElement.TryGetProperty(MetadataKey, out var pairs) ? ReadMetadata(pairs) : ImmutableDictionary<string, string>.Empty;
            var entries = document.RootElement.EnumerateObject().Where(property => property.Name != MetadataKey).Select(property => ReadEntry(property, contentLength));
            return new SafetensorsHeader([.. entries.OrderBy(entry => entry.Start).ThenBy(entry => entry.End)], metadata).Covering(contentLength);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new SafetensorsException($"The header is malformed: {error.Message}");
        }
    }

    /// <summary>Padded so that the content after it is aligned.</summary>
    /// <param name="tensors">In the order of their bytes.</param>
    /// <exception cref="ArgumentException">It would not be read.</exception>
    public static byte[] Write(ImmutableArray<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
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
            var names = new HashSet<string> { "", MetadataKey };
            foreach (var (name, shape, values) in tensors)
            {
                if (!names.Add(name) || shape.Any(size => size < 0) || Count(shape) != values.Length)
                {
                    throw new ArgumentException($"No file can hold the tensor '{name}' of shape [{string.Join(", ", shape)}] with {values.Length} values.", nameof(tensors));
                }

                long end = offset + ((long)values.Length * sizeof(float));
                json.WriteStartObject(name);
                json.WriteString(TypeKey, Float);
                WriteNumbers(json, ShapeKey, shape);
                WriteNumbers(json, OffsetsKey, [offset, end]);
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.Length <= Longest ? buffer.ToArray() : throw new ArgumentException($"A header of {buffer.Length} bytes is longer than the {Longest} that are read.", nameof(tensors));
    }

    private SafetensorsHeader Covering(int contentLength)
    {
        int covered = 0;
        foreach (var (name, _, start, end) in Entries)
        {
            covered = start == covered ? end : throw new SafetensorsException($"Tensor '{name}' claims bytes {start} to {end}, but the one before ends at {covered}.");
        }

        return covered == contentLength ? this : throw new SafetensorsException($"The tensors end at {covered}, but the file holds {contentLength} bytes of them.");
    }

    private static ImmutableDictionary<string, string> ReadMetadata(JsonElement pairs) => pairs.EnumerateObject().ToImmutableDictionary(
        pair => pair.Name, pair => pair.Value.GetString() ?? throw new SafetensorsException($"The metadata '{pair.Name}' are null."));

    private static Entry ReadEntry(JsonProperty property, int contentLength)
    {
        var (name, entry) = (property.Name, property.Value);
        if (name.Length == 0)
        {
            throw new SafetensorsException("A tensor has no name.");
        }

        if (!entry.TryGetProperty(TypeKey, out var type) || type.GetString() != Float)
        {
            throw new SafetensorsException($"Tensor '{name}' is not of type {Float}.");
        }

        if (entry.GetPropertyCount() != 3 || !entry.TryGetProperty(ShapeKey, out var sizes) || !entry.TryGetProperty(OffsetsKey, out var offsets) || offsets.GetArrayLength() != 2)
        {
            throw new SafetensorsException($"Tensor '{name}' has no shape, no two offsets or more than these.");
        }

        ImmutableArray<long> shape = [.. sizes.EnumerateArray().Select(Number)];
        var (start, end) = (Number(offsets[0]), Number(offsets[1]));
        long? elements = Count(shape);
        return end <= contentLength && start <= end && elements is { } count && (UInt128)count * sizeof(float) == (UInt128)(end - start)
            ? new Entry(name, shape, (int)start, (int)end)
            : throw new SafetensorsException($"Tensor '{name}' of {elements?.ToString() ?? "too many"} elements claims bytes {start} to {end} of {contentLength}.");

        long Number(JsonElement number) => number.TryGetUInt64(out ulong whole) && whole <= long.MaxValue
            ? (long)whole
            : throw new SafetensorsException($"Tensor '{name}' has {number} where a whole number belongs.");
    }

    /// <summary>Null where its sizes, but for those of zero, multiply to more than 2⁶³−1, in whatever order.</summary>
    private static long? Count(ImmutableArray<long> shape)
    {
        try
        {
            long product = shape.Where(size => size != 0).Aggregate(1L, (product, size) => checked(product * size));
            return shape.Contains(0) ? 0 : product;
        }
        catch (OverflowException)
        {
            return null;
        }
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
