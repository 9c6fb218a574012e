using System.Globalization;

namespace Experiments.Client.Doctor;

/// <summary>
/// This machine's clock. Leases and timeouts compare no clocks; logs, traces and the times of tokens do, and people.
/// </summary>
internal static class ClockCheck
{
    public static readonly Finding Late = Finding.Note("The clock was not read in time.", "See how busy this machine is, and try again.");

    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2), Watched = TimeSpan.FromMilliseconds(300), Slack = TimeSpan.FromMilliseconds(100);

    private const string Synchronise = "Have the clocks of all machines set by NTP: install chrony, or 'timedatectl set-ntp true'.";

    /// <summary>Where there is no other clock to compare it with: by this program's age, and by the monotonic clock.</summary>
    public static async Task<Finding> LookAlone(CancellationToken stop)
    {
        var time = TimeProvider.System;
        var (from, began) = (time.GetUtcNow(), time.GetTimestamp());
        await Task.Delay(Watched, time, stop);
        var (to, elapsed) = (time.GetUtcNow(), time.GetElapsedTime(began));
        return JudgeAlone(to, File.GetLastWriteTimeUtc(typeof(ClockCheck).Assembly.Location), to - from, elapsed);
    }

    /// <param name="built">When this program was.</param>
    /// <param name="passed">By this clock.</param>
    /// <param name="elapsed">By the monotonic clock, meanwhile.</param>
    public static Finding JudgeAlone(DateTimeOffset now, DateTimeOffset built, TimeSpan passed, TimeSpan elapsed) =>
        now < built ? Finding.Fault(string.Create(CultureInfo.InvariantCulture, $"It is {now:yyyy-MM-dd HH:mm} UTC by this machine's clock, before this program was built."), Synchronise)
        : (passed - elapsed).Duration() > Slack ? Finding.Note(
            string.Create(CultureInfo.InvariantCulture, $"The clock went on by {passed.TotalSeconds:F1} s within {elapsed.TotalSeconds:F1} s: somebody has just set it."), Synchronise)
        : Finding.Ok(string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd HH:mm:ss} UTC, going evenly."));

    /// <param name="ahead">How far the database's clock is ahead of this machine's.</param>
    /// <param name="within">How far off that may be.</param>
    public static Finding Judge(TimeSpan ahead, TimeSpan within)
    {
        string seen = string.Create(
            CultureInfo.InvariantCulture, $"This machine's clock is {ahead.Duration().TotalSeconds:F3} s {(ahead > TimeSpan.Zero ? "behind" : "ahead of")} the database's (± {within.TotalSeconds:F3} s)");
        return ahead.Duration() - within > Tolerance
            ? Finding.Note($"{seen}: logs and traces of several machines would be out of order, and tokens too early or too late.", Synchronise)
            : Finding.Ok($"{seen}.");
    }
}
