using Experiments.Grains.Storage;
using Experiments.Grains.Telemetry;
using Experiments.Training;
using Experiments.Training.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Experiments.Grains.Execution;

/// <summary>
/// The silo's training slots: each takes an experiment from the queue, trains it and takes the next. A stop ends every training at
/// its next batch, with a checkpoint, before the silo leaves the cluster.
/// </summary>
internal sealed class TrainingHost(
    IGrainFactory grains,
    ILocalSiloDetails silo,
    IClusterMembershipService membership,
    DatasetCatalog datasets,
    DatasetOptions datasetOptions,
    ICheckpointStore checkpoints,
    TrainingLoop loop,
    TimeProvider time,
    IOptions<TrainingOptions> options,
    ILogger<TrainingHost> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _abandoned = new();

    /// <exception cref="CpuCapabilityException">EXPERIMENTS_CPU_CAPABILITY is not one that this machine has.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Slots > 0)
        {
            // A silo that cannot train does not start: each experiment that it took would fail.
            await Task.Run(LibTorch.Load, cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var outOfTime = cancellationToken.Register(_abandoned.Cancel);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        _abandoned.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Instruments.Begin(options.Value.Slots);
        Slot[] slots = [.. Enumerable.Range(1, options.Value.Slots).Select(NewSlot)];
        var announcer = new SiloAnnouncer(
            grains, membership, silo.SiloAddress, slots.Length, () => slots.Select(slot => slot.Experiment).OfType<string>(), datasetOptions.CacheFolder,
            slots.Length > 0 ? Processor.Kind(LibTorch.Environment().CpuCapability) : null, time, logger);
        return Task.WhenAll(
        [
            Task.Run(() => announcer.Run(stoppingToken), CancellationToken.None),
            .. slots.Select(slot => Task.Run(() => Serve(slot, stoppingToken), CancellationToken.None)),
        ]);
    }

    private Slot NewSlot(int number) => new(
        number, grains, new SlotIdentity(silo.SiloAddress, LibTorch.Environment()), datasets, checkpoints, loop, options.Value, time, logger);

    private async Task Serve(Slot slot, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await slot.TrainNext(stopping, _abandoned.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.QueueUnreachable(slot.Number, exception.Reason());
                await Task.Delay(RetryDelay, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
