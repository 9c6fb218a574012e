using System.Collections.Immutable;

namespace Experiments.Training.Data;

/// <summary>Images to train on and images to test on, all of one size, decoded and checked.</summary>
public sealed class Dataset
{
    /// <param name="name">The built-in name, or the user's own.</param>
    /// <param name="classes">Names by label.</param>
    /// <param name="train">Training images, validation included.</param>
    /// <param name="test">Of the same size.</param>
    /// <param name="sha256">The <see cref="ContentHash"/> where it is known already; null to have it computed.</param>
    public Dataset(string name, ImmutableArray<string> classes, ImageSet train, ImageSet test, string? sha256 = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        if ((train.Height, train.Width) != (test.Height, test.Width))
            throw new ArgumentException($"Test images of {test.Height} × {test.Width} do not fit training images of {train.Height} × {train.Width}.", nameof(test));

        Name = name;
        Classes = classes;
        Train = train;
        Test = test;
        Sha256 = sha256 ?? ContentHash.Compute(classes, train, test);
    }

    public string Name { get; }

    /// <summary>Names by label.</summary>
    public ImmutableArray<string> Classes { get; }

    public ImageSet Train { get; }

    public ImageSet Test { get; }

    public ImageSize ImageSize => new(Train.Height, Train.Width);

    /// <summary>SHA-256 of the content in lower-case hexadecimal: see <see cref="ContentHash"/>.</summary>
    public string Sha256 { get; }
}
