namespace Experiments.Training.Data;

/// <summary>The bytes of a stored dataset from the first to the last, chunk after chunk.</summary>
/// <param name="received">Given each chunk as it comes.</param>
internal sealed class StoredContent(
    IStoredDatasets storage, DatasetReference reference, long length, Action<ReadOnlySpan<byte>> received, IProgress<DatasetProgress>? progress)
{
    private readonly DatasetProgress _progress = new($"taking {reference.Name} from the storage", BytesTotal: length);

    private ReadOnlyMemory<byte> _rest;
    private long _done;
    private int _next;

    /// <exception cref="DatasetException">The storage has not got the dataset any more.</exception>
    /// <exception cref="InvalidDataException">A chunk has another size than it should.</exception>
    public async ValueTask ReadAsync(Memory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            if (_rest.IsEmpty)
                _rest = await NextAsync(cancellationToken);

            int taken = Math.Min(bytes.Length, _rest.Length);
            _rest[..taken].CopyTo(bytes);
            (_rest, bytes) = (_rest[taken..], bytes[taken..]);
        }
    }

    private async Task<byte[]> NextAsync(CancellationToken cancellationToken)
    {
        byte[] chunk = await storage.ReadChunkAsync(reference.Sha256, _next, cancellationToken) ?? throw StoredDatasetCache.Missing(reference);
        if (chunk.Length != DatasetChunks.SizeOf(_next, length))
            throw new InvalidDataException($"chunk {_next} has {chunk.Length} bytes");

        received(chunk);
        _next++;
        _done += chunk.Length;
        progress?.Report(_progress with { BytesDone = _done });
        return chunk;
    }
}
