using System.Globalization;

namespace Experiments.Client.Watching;

/// <summary>Numbers as they are shown.</summary>
internal static class Text
{
    public const string None = "–";

    public static string Loss(double? loss) => loss is { } value ? value.ToString("F4", CultureInfo.InvariantCulture) : None;

    public static string Accuracy(double? accuracy) => accuracy is { } value ? value.ToString("F4", CultureInfo.InvariantCulture) : None;

    public static string Count(double count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>In megabytes of 10⁶ bytes, such as 1,234.5 MB.</summary>
    public static string Bytes(long? bytes) =>
        bytes is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:N1} MB") : None;

    public static string Percent(double share) => share.ToString("P2", CultureInfo.InvariantCulture);

    /// <summary>Such as 0:07, 12:30 or 1:02:03.</summary>
    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => None,
        { TotalHours: >= 1 } long1 => string.Create(CultureInfo.InvariantCulture, $"{(int)long1.TotalHours}:{long1.Minutes:D2}:{long1.Seconds:D2}"),
        { } short1 => string.Create(CultureInfo.InvariantCulture, $"{short1.Minutes}:{short1.Seconds:D2}"),
    };

    public static string Time(DateTimeOffset? time) =>
        time is { } value ? value.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : None;
}
