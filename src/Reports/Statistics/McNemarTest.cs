using MathNet.Numerics;

namespace Experiments.Reports;

/// <summary>
/// McNemar's test of two classifiers on the same images (Psychometrika 12, 1947): only the images that one of the two has right tell them
/// apart, and by chance each is as likely to be the one's as the other's.
/// </summary>
/// <param name="OnlyFirst">Images that only the first has right.</param>
/// <param name="OnlySecond">Images that only the second has right.</param>
/// <param name="Statistic">
/// Chi-square with one degree of freedom, with Edwards' continuity correction; null below <see cref="ExactBelow"/> such images, where the
/// probability is the exact binomial one.
/// </param>
public sealed record McNemarTest(int OnlyFirst, int OnlySecond, double? Statistic, double P) : SignificanceTest(P)
{
    /// <summary>Number of images only one has right from which chi-square is close enough to the binomial distribution.</summary>
    public const int ExactBelow = 25;

    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static McNemarTest Of(int onlyFirst, int onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);

        long discordant = (long)onlyFirst + onlySecond;
        if (discordant < ExactBelow)
            return new McNemarTest(onlyFirst, onlySecond, null, Exact(Math.Min(onlyFirst, onlySecond), (int)discordant));

        // The correction makes a difference smaller, never negative: R's mcnemar.test does the same.
        double corrected = Math.Max(0, Math.Abs((double)onlyFirst - onlySecond) - 1);
        double chiSquare = corrected * corrected / discordant;
        return new McNemarTest(onlyFirst, onlySecond, chiSquare, SpecialFunctions.Erfc(Math.Sqrt(chiSquare / 2)));
    }

    /// <exception cref="ArgumentException">The two are not of the same images.</exception>
    public static McNemarTest Of(Correctness first, Correctness second) => first.IsOfTheImagesOf(second)
        ? Of(first.OnlyThis(second), second.OnlyThis(first))
        : throw new ArgumentException("The predictions are not of the same test images: their labels differ.", nameof(second));

    /// <summary>Twice the probability of at most <paramref name="fewer"/> heads in so many tosses of a fair coin.</summary>
    private static double Exact(int fewer, int tosses) =>
        Math.Min(1, 2 * Enumerable.Range(0, fewer + 1).Sum(heads => SpecialFunctions.Binomial(tosses, heads)) / Math.Pow(2, tosses));
}
