namespace Experiments.Reports;

/// <summary>Whether a difference is more than chance.</summary>
/// <param name="P">Probability, 0 to 1, of a difference at least as large in either direction if there were none but chance.</param>
public abstract record SignificanceTest(double P)
{
    /// <summary>A difference with a smaller probability counts as more than chance.</summary>
    public const double Level = 0.05;
}
