using System.Globalization;

namespace Experiments.Training.Data;

/// <summary>Puts progress into lines for people: one for each activity, one each period while its bytes come, and one once all have come.</summary>
/// <param name="line">Given each line, such as <c>downloading train-images-idx3-ubyte.gz: 1.2 of 26.4 MB</c>; one at a time.</param>
public sealed class DatasetProgressLines(TimeSpan period, TimeProvider time, Action<string> line) : IProgress<DatasetProgress>
{
    private readonly Lock _lock = new();
    private string? _activity;
    private long _shown;

    public void Report(DatasetProgress value)
    {
        lock (_lock)
        {
            if (value.Activity == _activity && value.BytesDone != value.BytesTotal && time.GetElapsedTime(_shown) < period)
                return;

            (_activity, _shown) = (value.Activity, time.GetTimestamp());
            line($"{value.Activity}{Bytes(value)}");
        }
    }

    private static string Bytes(DatasetProgress progress) => progress switch
    {
        { BytesDone: 0 } => "",
        { BytesTotal: { } total } => string.Create(CultureInfo.InvariantCulture, $": {progress.BytesDone / 1e6:F1} of {total / 1e6:F1} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $": {progress.BytesDone / 1e6:F1} MB"),
    };
}
