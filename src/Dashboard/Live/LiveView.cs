using Experiments.Clustering;

namespace Experiments.Dashboard.Live;

/// <summary>
/// One thing that the cluster knows, asked for again and again while somebody watches it: all watchers of it share one question. When
/// nobody has watched for a while, nothing is asked and nothing kept.
/// </summary>
internal abstract class LiveView<T>(TimeProvider time) : IDisposable
    where T : class
{
    /// <summary>Long enough for a reload of the page.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly HashSet<Watcher> _watchers = [];
    private readonly SemaphoreSlim _one = new(1);
    private TaskCompletionSource _asked = NotAsked();
    private bool _isAsking;
    private long _lastWatched;

    /// <summary>What was last told; null before the first answer, and where there is no such thing (any more).</summary>
    public T? Current { get; private set; }

    /// <summary>When the last answer came; null before the first.</summary>
    public DateTimeOffset? AsOf { get; private set; }

    /// <summary>Why there is no answer now, for people; null while there is one.</summary>
    public string? Silence { get; private set; }

    /// <summary>Between an answer and the next question.</summary>
    protected abstract TimeSpan Period { get; }

    /// <param name="changed">Called on any thread after each change of <see cref="Current"/> or <see cref="Silence"/>.</param>
    public virtual IDisposable Watch(Action changed)
    {
        var watcher = new Watcher(this, changed);
        lock (_gate)
        {
            _watchers.Add(watcher);
            if (!_isAsking)
            {
                _isAsking = true;
                _asked = NotAsked();
                _ = Task.Run(KeepAsking);
            }
        }

        return watcher;
    }

    public void Dispose()
    {
        Forget();
        _one.Dispose();
    }

    /// <summary>Waits for the first answer, or for the reason why there is none.</summary>
    public Task Asked(CancellationToken stop) => _asked.Task.WaitAsync(stop);

    /// <summary>Asks at once, where somebody watches who is to see what has just changed.</summary>
    public async Task Refresh()
    {
        lock (_gate)
        {
            if (!_isAsking) return;
        }

        if (await AskOnce())
        {
            Tell();
        }
    }

    /// <param name="known">What was last told.</param>
    /// <returns><paramref name="known"/> itself where nothing has changed; null where there is no such thing.</returns>
    protected abstract Task<T?> Ask(T? known);

    /// <summary>Lets go of what else is kept while somebody watches.</summary>
    protected virtual void Forget()
    {
    }

    private static TaskCompletionSource NotAsked() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task KeepAsking()
    {
        while (true)
        {
            bool changed = await AskOnce();
            _asked.TrySetResult();
            if (changed)
            {
                Tell();
            }

            await Task.Delay(Period, time);
            lock (_gate)
            {
                if (_watchers.Count == 0 && time.GetElapsedTime(_lastWatched) >= Linger)
                {
                    (_isAsking, Current, AsOf, Silence) = (false, null, null, null);
                    Forget();
                    return;
                }
            }
        }
    }

    private async Task<bool> AskOnce()
    {
        await _one.WaitAsync();
        try
        {
            var (before, silence) = (Current, Silence);
            Current = await Ask(before);
            (AsOf, Silence) = (time.GetUtcNow(), null);
            return !ReferenceEquals(before, Current) || silence is not null;
        }
        catch (Exception exception)
        {
            // Whatever it is, those who look keep what they see, and are told; the next question may be answered.
            string silence = exception is ClusterUnreachableException or StorageUnavailableException ? exception.Message : $"The cluster's answer failed: {exception.Message}";
            bool changed = silence != Silence;
            Silence = silence;
            return changed;
        }
        finally
        {
            _one.Release();
        }
    }

    private void Tell()
    {
        Watcher[] watchers;
        lock (_gate)
        {
            watchers = [.. _watchers];
        }

        foreach (var watcher in watchers)
        {
            watcher.Changed();
        }
    }

    private void Leave(Watcher watcher)
    {
        lock (_gate)
        {
            _watchers.Remove(watcher);
            _lastWatched = time.GetTimestamp();
        }
    }

    private sealed class Watcher(LiveView<T> view, Action changed) : IDisposable
    {
        public Action Changed => changed;

        public void Dispose() => view.Leave(this);
    }
}
