namespace Experiments.Training.Data;

/// <summary>Indices of the images to train on and of those to validate on; every image is in exactly one.</summary>
public sealed record DataSplit(int[] Train, int[] Validation);

/// <summary>scikit-learn's <c>train_test_split(range(count), test_size=validation, random_state=seed)</c>, index for index.</summary>
public static class TrainTestSplit
{
    /// <param name="count">Images to divide, from 1.</param>
    /// <param name="validation">Share kept for validation, above 0 and below 1; rounded up to whole images.</param>
    /// <param name="seed">scikit-learn's <c>random_state</c>.</param>
    /// <exception cref="DatasetException">No image would be left to train on.</exception>
    public static DataSplit Create(int count, double validation, uint seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (validation is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(validation), validation, "The share of validation must be above 0 and below 1.");

        int validationCount = count - new SplitConfig { Validation = validation }.TrainCount(count);
        if (validationCount >= count)
            throw new DatasetException(FormattableString.Invariant(
                $"split.validation: {validation} of {count} training images leaves none to train on; lower the share, or give more images."));

        int[] order = Permutation(count, new MersenneTwister(seed));
        return new DataSplit(order[validationCount..], order[..validationCount]);
    }

    /// <summary>NumPy's <c>RandomState.permutation</c>: Fisher and Yates, from the last to the first.</summary>
    private static int[] Permutation(int count, MersenneTwister random)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int last = count - 1; last > 0; last--)
        {
            int other = (int)random.NextUpTo((uint)last);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }
}
