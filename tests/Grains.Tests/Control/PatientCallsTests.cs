using Experiments.Clustering;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Grains.Tests.Control;

/// <summary>Calls of a client that were lost, and that it has given up itself.</summary>
public sealed class PatientCallsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ACallThatWasCancelledOnItsWayIsAskedAgain()
    {
        var calls = new CancelledCalls(method => method == nameof(IQueueGrain.ListGrids), times: 3);
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0, services => services.AddSingleton<IIncomingGrainCallFilter>(calls));
        using var client = await silo.Connect(PatientCalls.OfCluster(TimeSpan.FromMinutes(1), Some.Token));

        Assert.Empty(await client.Services.GetRequiredService<IGrainFactory>().GetGrain<IQueueGrain>(GrainKeys.Queue).ListGrids(Some.Token));

        Assert.Equal(3, calls.Cancelled);
    }

    [Fact]
    public async Task ACallThatItsCallerCancelsIsNot()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        using var client = await silo.Connect(PatientCalls.OfCluster(TimeSpan.FromMinutes(1), Some.Token));
        var queue = client.Services.GetRequiredService<IGrainFactory>().GetGrain<IQueueGrain>(GrainKeys.Queue);
        using var given = new CancellationTokenSource();

        var taken = queue.Take(silo.ALiveSlot.Silo, TimeSpan.FromMinutes(2), given.Token);
        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taken);
    }

    [Fact]
    public async Task OneThatIsAlwaysCancelledEndsWithWhatToDo()
    {
        var calls = new CancelledCalls(method => method == nameof(IQueueGrain.ListGrids), times: int.MaxValue);
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0, services => services.AddSingleton<IIncomingGrainCallFilter>(calls));
        using var client = await silo.Connect(PatientCalls.OfCluster(TimeSpan.FromSeconds(1), Some.Token));

        var fault = await Assert.ThrowsAsync<ClusterUnreachableException>(
            () => client.Services.GetRequiredService<IGrainFactory>().GetGrain<IQueueGrain>(GrainKeys.Queue).ListGrids(Some.Token));

        Assert.Contains("See that its silos and its database run", fault.Message, StringComparison.Ordinal);
    }
}
