namespace Experiments.Training.Data;

/// <summary>A dataset, divided for one experiment.</summary>
/// <param name="Split">Of the dataset's training images.</param>
public sealed record TrainingSet(Dataset Dataset, DataSplit Split);
