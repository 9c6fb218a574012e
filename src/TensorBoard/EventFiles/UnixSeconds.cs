namespace Experiments.TensorBoard.EventFiles;

internal static class UnixSeconds
{
    /// <returns>Seconds since 1970, with fractions.</returns>
    public static double ToUnixSeconds(this DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;
}
