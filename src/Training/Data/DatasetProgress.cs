namespace Experiments.Training.Data;

/// <summary>What a <see cref="DatasetLoader"/> is doing.</summary>
/// <param name="Activity">For people, such as <c>downloading train-images-idx3-ubyte.gz</c>.</param>
/// <param name="BytesDone">Of this activity; 0 where bytes are not counted.</param>
/// <param name="BytesTotal">Of this activity; null where unknown.</param>
public sealed record DatasetProgress(string Activity, long BytesDone = 0, long? BytesTotal = null);
