namespace Experiments.Grains.Scheduling;

internal sealed class SiloGrain(TimeProvider time) : Grain, ISiloGrain
{
    private SiloAnnouncement? _last;
    private long _heard;

    public Task Announce(SiloAnnouncement announcement, CancellationToken cancellationToken)
    {
        (_last, _heard) = (announcement, time.GetTimestamp());
        return Task.CompletedTask;
    }

    public Task<HeardAnnouncement?> GetLast(CancellationToken cancellationToken) =>
        Task.FromResult(_last is null ? null : new HeardAnnouncement(_last, time.GetElapsedTime(_heard)));
}
