using Xunit;

namespace Experiments.Processes;

internal sealed partial class PrivatePostgres
{
    public static void SkipIfMissing()
    {
        if (Missing is { } missing)
        {
            Assert.True(Environment.GetEnvironmentVariable("CI") != "true", missing);
            Assert.Skip(missing);
        }
    }

    static partial void StopTestIfMissing() => SkipIfMissing();
}
