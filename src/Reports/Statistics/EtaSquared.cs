namespace Experiments.Reports;

/// <summary>
/// η², the squared correlation ratio (Pearson, On the General Theory of Skew Correlation and Non-linear Regression, 1905): the sum of
/// squares between the means of groups over the total sum of squares, as in the one-way analysis of variance (Fisher, Statistical Methods
/// for Research Workers, 1925).
/// </summary>
public static class EtaSquared
{
    /// <returns>
    /// 0, where the means of the groups are equal, to 1, where no value differs from its group's mean, thus also where each group is a single
    /// value; null where the values do not vary.
    /// </returns>
    public static double? Of<T>(IReadOnlyCollection<(T Group, double Value)> values)
    {
        if (values.Count == 0 || values.Min(value => value.Value) == values.Max(value => value.Value)) return null;

        double mean = values.Average(value => value.Value);
        double total = values.Sum(value => Square(value.Value - mean));
        double between = values.GroupBy(value => value.Group, value => value.Value).Sum(group => group.Count() * Square(group.Average() - mean));
        return Math.Min(1, between / total);
    }

    private static double Square(double value) => value * value;
}
