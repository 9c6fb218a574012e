using Experiments.Training.Models;
using Xunit;

namespace Experiments.Training.Tests.Models;

public class KernelCreationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Kernels_are_made_by_one_thread_at_a_time()
    {
        using var first = new HeldWork(images: 1);
        // Of two threads that wait for their turn, either may get it.
        await first.Entered;
        using var second = new HeldWork(images: 2);
        await Assert.ThrowsAsync<TimeoutException>(() => second.Entered.WaitAsync(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken));

        first.Release();
        await second.Entered;
        second.Release();
    }

    [Fact]
    public async Task Kernels_that_exist_are_used_while_others_are_made()
    {
        Assert.Equal(1, KernelCreation.Guard(Shapes(3), () => 1));
        using var other = new HeldWork(images: 4);
        await other.Entered;

        Assert.Equal(2, await Task.Run(() => KernelCreation.Guard(Shapes(3), () => 2)).WaitAsync(Patience, TestContext.Current.CancellationToken));
        other.Release();
    }

    [Fact]
    public void Kernels_that_could_not_be_made_are_made_by_the_next()
    {
        Assert.Throws<InvalidOperationException>(() => KernelCreation.Guard<int>(Shapes(5), () => throw new InvalidOperationException()));
        Assert.Equal(1, KernelCreation.Guard(Shapes(5), () => 1));
    }

    /// <summary>Shapes that no other test trains on.</summary>
    private static KernelShapes Shapes(int images) => new("no layers", new ImageSize(1, 1), Classes: 1, images, Trains: true);

    /// <summary>A thread that makes kernels until it is released.</summary>
    private sealed class HeldWork : IDisposable
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _released = new();
        private readonly Thread _thread;

        public HeldWork(int images)
        {
            _thread = new Thread(() => KernelCreation.Guard(Shapes(images), () =>
            {
                _entered.SetResult();
                return _released.Wait(Patience);
            }));
            _thread.Start();
        }

        public Task Entered => _entered.Task.WaitAsync(Patience);

        public void Release() => _released.Set();

        public void Dispose()
        {
            Release();
            _thread.Join();
            _released.Dispose();
        }
    }
}
