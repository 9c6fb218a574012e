using Xunit;

namespace Experiments.Cluster.Tests;

internal static class Wait
{
    /// <summary>Longer than anything takes on a machine that does much else.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks again until what is seen is so.</summary>
    /// <param name="what">For the message where it does not come to be.</param>
    public static async Task<T> Until<T>(string what, Func<Task<T>> look, Func<T, bool> so)
    {
        for (long began = TimeProvider.System.GetTimestamp(); ; await Task.Delay(Glance, TestContext.Current.CancellationToken))
        {
            var seen = await look();
            if (so(seen))
            {
                return seen;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"Waited in vain until {what}.");
        }
    }
}
