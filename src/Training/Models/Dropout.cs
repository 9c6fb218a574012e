using Experiments.Training.Randomness;

namespace Experiments.Training.Models;

/// <summary>Dropout after one layer: what is kept is scaled by 1 / (1 − rate), so that the expected sum stays.</summary>
/// <param name="layer">Which one of the model's dropout layers it is, from 1.</param>
internal sealed class Dropout(double rate, int layer, long seed)
{
    private byte[] _mask = [];

    /// <summary>What kept activations are multiplied with while training.</summary>
    public float Scale { get; } = (float)(1 / (1 - rate));

    /// <summary>The mask of one batch; empty where nothing is dropped.</summary>
    public Span<byte> Mask(long elements, BatchPosition position)
    {
        if (rate == 0)
        {
            return [];
        }

        if (_mask.Length < elements)
        {
            _mask = GC.AllocateUninitializedArray<byte>(checked((int)elements), pinned: true);
        }

        var mask = _mask.AsSpan(0, (int)elements);
        DropoutMask.Fill(mask, rate, new RandomStream(seed, RandomPurpose.Dropout, layer, position.Epoch, position.Batch));
        return mask;
    }
}

/// <param name="Epoch">From 1.</param>
/// <param name="Batch">From 0.</param>
internal readonly record struct BatchPosition(int Epoch, int Batch);
