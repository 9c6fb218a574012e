using MathNet.Numerics;

namespace Experiments.Reports;

/// <summary>Welch's t-test of two means whose variances may differ (Biometrika 34, 1947).</summary>
/// <param name="Statistic">Student's t, above 0 where the first mean is the larger.</param>
/// <param name="DegreesOfFreedom">By the Welch–Satterthwaite equation.</param>
public sealed record WelchTest(Sample First, Sample Second, double Statistic, double DegreesOfFreedom, double P) : SignificanceTest(P)
{
    /// <returns>Null where the samples do not allow it: one has a single value, or neither varies.</returns>
    public static WelchTest? Of(Sample first, Sample second)
    {
        if (first.StandardDeviation is not { } firstDeviation || second.StandardDeviation is not { } secondDeviation) return null;

        double firstError = firstDeviation * firstDeviation / first.Count;
        double secondError = secondDeviation * secondDeviation / second.Count;
        double error = firstError + secondError;
        // Values that are equal in decimals may still differ in their last bit.
        if (Math.Sqrt(error) < 1e-12) return null;

        double t = (first.Mean - second.Mean) / Math.Sqrt(error);
        double freedom = error * error / ((firstError * firstError / (first.Count - 1)) + (secondError * secondError / (second.Count - 1)));
        return new WelchTest(first, second, t, freedom, TwoSided(t, freedom));
    }

    /// <summary>P(|T| ≥ |t|) as the regularised incomplete beta function (Abramowitz and Stegun, 26.7.1).</summary>
    internal static double TwoSided(double t, double freedom) => SpecialFunctions.BetaRegularized(freedom / 2, 0.5, freedom / (freedom + (t * t)));
}
