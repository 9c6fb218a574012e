using System.CommandLine;
using System.Globalization;

namespace Experiments.Client.Datasets;

/// <summary>How much data of the user's own may be sent to a storage.</summary>
internal static class DataLimit
{
    private const string Variable = "EXPERIMENTS_DATA_LIMIT";
    private const double Default = 2, BytesInAGigabyte = 1e9;

    public static Option<double?> Create()
    {
        var option = new Option<double?>("--data-limit")
        {
            HelpName = "GB",
            Description = $"Gigabytes of your own data that may be sent to the storage (default: {Variable}, else {Default.ToString(CultureInfo.InvariantCulture)})",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } given && !IsOne(given))
            {
                result.AddError("--data-limit must be a number of gigabytes from 0, such as 2 or 0.5.");
            }
        });
        return option;
    }

    /// <param name="option">The user's --data-limit.</param>
    /// <returns>Bytes.</returns>
    /// <exception cref="UsageException">The variable holds no number.</exception>
    public static long Bytes(double? option) => (long)(BytesInAGigabyte * (option ?? Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => Default,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double given) && IsOne(given) => given,
        var text => throw new UsageException($"{Variable}: '{text}' is no number of gigabytes from 0, such as 2 or 0.5."),
    }));

    /// <exception cref="UsageException">The dataset is larger than the limit.</exception>
    /// <param name="length">Of the dataset in bytes.</param>
    /// <param name="limit">In bytes.</param>
    public static void Check(string dataset, long length, long limit)
    {
        if (length > limit)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"Dataset {dataset} is {length / BytesInAGigabyte:0.######} GB, and at most {limit / BytesInAGigabyte:0.######} GB may be sent to the storage. Raise the limit with --data-limit {Math.Ceiling(length / 1e8) / 10:0.#} (or {Variable})."));
        }
    }

    private static bool IsOne(double gigabytes) => gigabytes is >= 0 and <= 1e6;
}
