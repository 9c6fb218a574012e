using System.Collections.Immutable;

namespace Experiments;

/// <summary>Precision, recall and F1 per class and averaged, as scikit-learn's <c>classification_report</c> defines them.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.ClassificationReport")]
public sealed record ClassificationReport(
    [property: Id(0)] ImmutableArray<ClassMetrics> Classes,
    [property: Id(1)] double Accuracy,
    [property: Id(2)] AverageMetrics MacroAvg,
    [property: Id(3)] AverageMetrics WeightedAvg);

/// <param name="Label">Index of the class, from 0.</param>
/// <param name="Name">The class's name in the dataset.</param>
/// <param name="Precision">Of the images predicted as this class, the share that are; 0 where none is predicted.</param>
/// <param name="Recall">Of the images of this class, the share predicted as it; 0 where there are none.</param>
/// <param name="F1">Harmonic mean of precision and recall.</param>
/// <param name="Support">Number of images of this class.</param>
[GenerateSerializer, Immutable, Alias("Experiments.ClassMetrics")]
public sealed record ClassMetrics(
    [property: Id(0)] int Label,
    [property: Id(1)] string Name,
    [property: Id(2)] double Precision,
    [property: Id(3)] double Recall,
    [property: Id(4)] double F1,
    [property: Id(5)] int Support);

[GenerateSerializer, Immutable, Alias("Experiments.AverageMetrics")]
public sealed record AverageMetrics(
    [property: Id(0)] double Precision,
    [property: Id(1)] double Recall,
    [property: Id(2)] double F1,
    [property: Id(3)] int Support);
