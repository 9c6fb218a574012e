using System.Collections.Immutable;

namespace Experiments.Training.Evaluation;

public static class ClassificationReports
{
    /// <summary>The numbers of scikit-learn's <c>classification_report</c> with <c>zero_division=0</c>: what has nothing to divide by is 0.</summary>
    /// <param name="confusion">By true class (row) and predicted class (column), as <see cref="ConfusionMatrix.Of"/> counts.</param>
    /// <param name="classNames">One name for each row.</param>
    /// <exception cref="ArgumentException">There are not as many names as rows.</exception>
    public static ClassificationReport Build(ImmutableArray<ImmutableArray<int>> confusion, ImmutableArray<string> classNames)
    {
        if (confusion.Length != classNames.Length)
            throw new ArgumentException($"The confusion matrix has {confusion.Length} classes but there are {classNames.Length} names.", nameof(classNames));

        ImmutableArray<ClassMetrics> classes = [.. classNames.Select((name, label) => Metrics(confusion, label, name))];
        int images = classes.Sum(c => c.Support);
        int correct = confusion.Select((row, label) => row[label]).Sum();
        return new ClassificationReport(classes, Ratio(correct, images), Average(classes, _ => 1), Average(classes, c => c.Support));
    }

    private static ClassMetrics Metrics(ImmutableArray<ImmutableArray<int>> confusion, int label, string name)
    {
        int correct = confusion[label][label];
        int predicted = confusion.Sum(row => row[label]);
        int support = confusion[label].Sum();
        double precision = Ratio(correct, predicted);
        double recall = Ratio(correct, support);
        return new ClassMetrics(label, name, precision, recall, Ratio(2 * precision * recall, precision + recall), support);
    }

    private static AverageMetrics Average(ImmutableArray<ClassMetrics> classes, Func<ClassMetrics, int> weight)
    {
        double weights = classes.Sum(weight);
        double Mean(Func<ClassMetrics, double> metric) => Ratio(classes.Sum(c => weight(c) * metric(c)), weights);
        return new AverageMetrics(Mean(c => c.Precision), Mean(c => c.Recall), Mean(c => c.F1), classes.Sum(c => c.Support));
    }

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
}
