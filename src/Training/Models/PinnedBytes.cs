namespace Experiments.Training.Models;

/// <summary>Bytes that stay where they are, grown when a batch wants more, and used by every batch after.</summary>
internal sealed class PinnedBytes
{
    private byte[] _bytes = [];

    /// <summary>The first of them; they hold what was written last.</summary>
    public Span<byte> Of(long count)
    {
        int length = checked((int)count);
        if (_bytes.Length < length)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        }

        return _bytes.AsSpan(0, length);
    }
}
