using System.Collections.Immutable;

namespace Experiments.Reports;

public enum OverfittingDegree
{
    /// <summary>The validation loss at the end is at most <see cref="Overfitting.SlightAbove"/> times its minimum.</summary>
    None,

    /// <summary>Between the two.</summary>
    Slight,

    /// <summary>It is at least <see cref="Overfitting.ClearFrom"/> times its minimum.</summary>
    Clear,
}

/// <summary>How the validation loss rose again after its minimum.</summary>
/// <param name="LowestEpoch">The epoch of the lowest validation loss, the first where several are equal.</param>
/// <param name="LowestLoss">In nats.</param>
/// <param name="LastEpoch">The last epoch trained.</param>
/// <param name="LastLoss">Validation loss after it, in nats.</param>
public sealed record Overfitting(int LowestEpoch, double LowestLoss, int LastEpoch, double LastLoss)
{
    public const double SlightAbove = 1.2, ClearFrom = 1.5;

    /// <summary>The loss at the end over the lowest, from 1.</summary>
    public double Ratio => LastLoss / LowestLoss;

    public OverfittingDegree Degree =>
        Ratio >= ClearFrom ? OverfittingDegree.Clear : Ratio > SlightAbove ? OverfittingDegree.Slight : OverfittingDegree.None;

    /// <returns>Null where the history cannot tell: fewer than two epochs, a loss at the end that is no number, or a minimum of 0.</returns>
    public static Overfitting? Of(ImmutableArray<EpochMetrics> history)
    {
        if (history.Length < 2 || !double.IsFinite(history[^1].ValidationLoss)) return null;

        var lowest = history.Where(epoch => double.IsFinite(epoch.ValidationLoss)).MinBy(epoch => epoch.ValidationLoss)!;
        return lowest.ValidationLoss > 0
            ? new Overfitting(lowest.Epoch, lowest.ValidationLoss, history[^1].Epoch, history[^1].ValidationLoss)
            : null;
    }
}
