namespace Experiments.Training.Randomness;

/// <summary>The standard normal distribution cut off at two standard deviations, as Keras draws its normal initializers.</summary>
internal static class TruncatedNormal
{
    /// <summary>Standard deviation of the cut distribution: Keras divides by it, so that the weights keep the variance asked for.</summary>
    public const double StandardDeviation = 0.87962566103423978;

    private const double Below = 0.022750131948179209; // Φ(−2)

    /// <param name="uniform">In (0, 1).</param>
    /// <returns>Between −2 and 2.</returns>
    public static double FromUniform(double uniform) => InverseNormal(Below + (uniform * (1 - (2 * Below))));

    /// <summary>Φ⁻¹ to 16 digits. Source: Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37, 1988; its tail needs only reach Φ(−2).</summary>
    private static double InverseNormal(double p)
    {
        double q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            double r = 0.180625 - (q * q);
            return q * Polynomial(r, CentralNumerator) / Polynomial(r, CentralDenominator);
        }

        double tail = Math.Sqrt(-Math.Log(q < 0 ? p : 1 - p)) - 1.6;
        double value = Polynomial(tail, TailNumerator) / Polynomial(tail, TailDenominator);
        return q < 0 ? -value : value;
    }

    private static double Polynomial(double x, ReadOnlySpan<double> coefficients)
    {
        double sum = 0;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            sum = (sum * x) + coefficients[i];
        }

        return sum;
    }

    private static ReadOnlySpan<double> CentralNumerator =>
    [
        3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
        4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
    ];

    private static ReadOnlySpan<double> CentralDenominator =>
    [
        1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
        2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
    ];

    private static ReadOnlySpan<double> TailNumerator =>
    [
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ];

    private static ReadOnlySpan<double> TailDenominator =>
    [
        1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];
}
