using Experiments.Training.Randomness;

namespace Experiments.Training.Models;

/// <summary>Dropout after one layer: what is kept is scaled by 1 / (1 − rate), so that the expected sum stays.</summary>
/// <param name="layer">Which one of the model's dropout layers it is, from 1.</param>
internal sealed class Dropout(double rate, int layer, long seed)
{
    private readonly PinnedBytes _mask = new();

    /// <summary>What kept activations are multiplied with while training.</summary>
    public float Scale { get; } = (float)(1 / (1 - rate));

    /// <summary>The mask of one batch; empty where nothing is dropped.</summary>
    public Span<byte> Mask(long elements, BatchPosition position)
    {
        if (rate == 0)
        {
            return [];
        }

        var mask = _mask.Of(elements);
        DropoutMask.Fill(mask, rate, new RandomStream(seed, RandomPurpose.Dropout, layer, position.Epoch, position.Batch));
        return mask;
    }

    /// <summary>The mask that was drawn last, of a batch of which something is dropped.</summary>
    public ReadOnlySpan<byte> Drawn(long elements) => _mask.Of(elements);
}

/// <param name="Epoch">From 1.</param>
/// <param name="Batch">From 0.</param>
internal readonly record struct BatchPosition(int Epoch, int Batch);
