using Experiments.Training.Randomness;

namespace Experiments.Training.Data;

/// <summary>Draws what becomes of each training image in each epoch, from (seed, epoch, image) alone: whatever batch it is in, and where.</summary>
internal sealed class Augmenter
{
    private readonly Augmentation _augmentation;
    private readonly long _seed;

    private Augmenter(Augmentation augmentation, long seed) => (_augmentation, _seed) = (augmentation, seed);

    /// <returns>Null where images are to stay as they are.</returns>
    /// <exception cref="DatasetException">Images of this size could be moved out of sight.</exception>
    public static Augmenter? Of(TrainingConfig training, ImageSize image)
    {
        int shift = training.Augmentation.Shift;
        if (shift >= Math.Min(image.Height, image.Width))
        {
            throw new DatasetException(FormattableString.Invariant(
                $"training.augmentation.shift: {shift} moves images of {image.Height} × {image.Width} pixels out of sight; give less than {Math.Min(image.Height, image.Width)}."));
        }

        return shift == 0 && !training.Augmentation.Flip ? null : new Augmenter(training.Augmentation, training.Seed);
    }

    /// <param name="epoch">From 1.</param>
    /// <param name="image">Index of the image in its set.</param>
    public ImageMove Draw(int epoch, int image)
    {
        var words = new RandomStream(_seed, RandomPurpose.Augmentation, Epoch: epoch).Block((uint)image);
        return new ImageMove(Shift(words[0]), Shift(words[1]), _augmentation.Flip && words[2] >> 31 == 1);
    }

    /// <summary>Uniform in ±shift, but for a bias below 2⁻²³: no number of draws in reach would show it.</summary>
    private int Shift(uint word) => (int)((ulong)word * (uint)((2 * _augmentation.Shift) + 1) >> 32) - _augmentation.Shift;
}
