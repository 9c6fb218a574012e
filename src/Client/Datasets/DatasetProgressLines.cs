using System.Globalization;
using Experiments.Training.Data;

namespace Experiments.Client.Datasets;

/// <summary>Says what is fetched: a line for each activity, and one every two seconds while bytes come.</summary>
internal sealed class DatasetProgressLines(Output output) : IProgress<DatasetProgress>
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private string? _activity;
    private long _shown;

    public void Report(DatasetProgress value)
    {
        lock (_lock)
        {
            if (value.Activity == _activity && TimeProvider.System.GetElapsedTime(_shown) < Period)
            {
                return;
            }

            (_activity, _shown) = (value.Activity, TimeProvider.System.GetTimestamp());
            output.Line($"Dataset: {value.Activity}{Bytes(value)}");
        }
    }

    private static string Bytes(DatasetProgress progress) => progress switch
    {
        { BytesDone: 0 } => "",
        { BytesTotal: { } total } => string.Create(CultureInfo.InvariantCulture, $": {progress.BytesDone / 1e6:F1} of {total / 1e6:F1} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $": {progress.BytesDone / 1e6:F1} MB"),
    };
}
