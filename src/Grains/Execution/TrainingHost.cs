using Experiments.Grains.Storage;
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
    DatasetCatalog datasets,
    ICheckpointStore checkpoints,
    TimeProvider time,
    IOptions<TrainingOptions> options,
    ILogger<TrainingHost> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(1, options.Value.Slots).Select(slot => Task.Run(() => Serve(slot, stoppingToken), CancellationToken.None)));

    private async Task Serve(int number, CancellationToken stopping)
    {
        var slot = new Slot(number, grains, silo.SiloAddress, datasets, checkpoints, time, logger);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await slot.TrainNext(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.QueueUnreachable(number, exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
