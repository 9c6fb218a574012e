using System.Collections.Concurrent;

namespace Experiments.Grains.Tests;

/// <summary>Ends calls to grains as Orleans does where it loses them on their way: they count as cancelled, and nobody has cancelled them.</summary>
/// <param name="methods">Whether it ends those of this name.</param>
/// <param name="times">How many of each name.</param>
internal sealed class CancelledCalls(Func<string, bool> methods, int times) : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, int> _cancelled = [];

    public int Cancelled => _cancelled.Values.Sum(count => Math.Min(count, times));

    public Task Invoke(IIncomingGrainCallContext context) =>
        methods(context.MethodName) && _cancelled.AddOrUpdate(context.MethodName, 1, (_, count) => count + 1) <= times
            ? throw new OperationCanceledException()
            : context.Invoke();
}
