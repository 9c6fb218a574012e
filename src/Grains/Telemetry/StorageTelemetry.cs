using System.Diagnostics;

namespace Experiments.Grains.Telemetry;

/// <summary>How long the storage takes.</summary>
internal static class StorageTelemetry
{
    private const string Suffix = "Async";

    /// <param name="operation">Name of the method that asks, such as AppendEpochAsync.</param>
    public static Task<T> Measure<T>(string operation, Func<Task<T>> run) => Instruments.StorageDuration.Enabled ? MeasureEnabled(operation, run) : run();

    private static async Task<T> MeasureEnabled<T>(string operation, Func<Task<T>> run)
    {
        long began = Stopwatch.GetTimestamp();
        string? error = null;
        try
        {
            return await run();
        }
        catch (Exception exception)
        {
            error = exception.GetType().Name;
            throw;
        }
        finally
        {
            var tags = new TagList { { Attributes.Operation, operation.EndsWith(Suffix, StringComparison.Ordinal) ? operation[..^Suffix.Length] : operation } };
            if (error is not null) tags.Add(Attributes.ErrorType, error);
            Instruments.StorageDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, tags);
        }
    }
}
