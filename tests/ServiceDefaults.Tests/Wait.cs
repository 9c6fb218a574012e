using Xunit;

namespace Experiments.ServiceDefaults.Tests;

internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), Pause = TimeSpan.FromMilliseconds(100);

    public static Task Until(string what, Func<bool> so) => Until(what, () => Task.FromResult(so()));

    public static async Task Until(string what, Func<Task<bool>> so)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!await so())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"It did not come to this in time: {what}.");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }
}
