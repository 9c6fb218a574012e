using System.Globalization;
using Experiments.Training.Data;
using Microsoft.Extensions.Logging;

namespace Experiments.Grains.Execution;

/// <summary>Logs what is fetched: a line for each activity, and one every ten seconds while bytes come.</summary>
internal sealed class DatasetProgressLog(TimeProvider time, ILogger logger) : IProgress<DatasetProgress>
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private string? _activity;
    private long _logged;

    public void Report(DatasetProgress value)
    {
        lock (_lock)
        {
            if (value.Activity == _activity && value.BytesDone != value.BytesTotal && time.GetElapsedTime(_logged) < Period)
            {
                return;
            }

            (_activity, _logged) = (value.Activity, time.GetTimestamp());
        }

        string bytes = value.BytesDone == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $", {value.BytesDone / 1e6:F1} of {(value.BytesTotal / 1e6)?.ToString("F1", CultureInfo.InvariantCulture) ?? "unknown"} MB");
        logger.DatasetProgress($"{value.Activity}{bytes}");
    }
}
