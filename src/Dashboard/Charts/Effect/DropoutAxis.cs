using System.Collections.Immutable;

namespace Experiments.Dashboard.Charts;

/// <summary>What one number stands for the four dropout rates of a grid's experiments.</summary>
/// <param name="Label">For people: the key of the one rate that varies, or which of the four the number is.</param>
internal sealed record DropoutAxis(string Label, Func<DropoutRates, double> Rate)
{
    private static readonly ImmutableArray<DropoutAxis> Layers =
    [
        new("dropout.conv1", rates => rates.Conv1),
        new("dropout.conv2", rates => rates.Conv2),
        new("dropout.conv3", rates => rates.Conv3),
        new("dropout.dense", rates => rates.Dense),
    ];

    public static DropoutAxis Of(ImmutableArray<DropoutRates> rates)
    {
        ImmutableArray<DropoutAxis> varied = [.. Layers.Where(layer => rates.DistinctBy(layer.Rate).Count() > 1)];
        if (varied.Length == 1) return varied[0];

        return rates.All(each => Layers.DistinctBy(layer => layer.Rate(each)).Count() == 1)
            ? new DropoutAxis("dropout rate", each => each.Dense)
            : new DropoutAxis("mean dropout rate of the four layers", each => Layers.Average(layer => layer.Rate(each)));
    }
}
