using Experiments.Grains.Execution;
using Experiments.Training;
using Experiments.Training.Checkpoints;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Grains.Tests.Execution;

/// <summary>
/// The trainer's own loop, which comes to one batch and stands there until it is stopped: what a test does to a training in its middle is
/// done there, however fast the training is and however late the test. One that goes on from a later batch does not stand.
/// </summary>
internal sealed class StandingTraining(int epoch, int batch)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    private readonly TaskCompletionSource _stands = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Until it stands; whoever waits in vain fails with the test's time.</summary>
    public Task Stands => _stands.Task.WaitAsync(TimeSpan.FromMinutes(3), Some.Token);

    public void Configure(IServiceCollection services) => services.AddSingleton<TrainingLoop>((config, data, checkpoint, progress, time, stop) =>
        Trainer.Train(config, data, checkpoint, new Progress(this, progress, stop), time, stop));

    private bool IsAt(BatchProgress progress) => (progress.Epoch, progress.Batch) == (epoch, batch);

    private sealed class Progress(StandingTraining training, ITrainingProgress progress, CancellationToken stop) : ITrainingProgress
    {
        private bool _isThere;

        public void BatchTrained(BatchProgress trained)
        {
            progress.BatchTrained(trained);
            _isThere = training.IsAt(trained);
        }

        public void CheckpointOffered(Func<Checkpoint> checkpoint)
        {
            progress.CheckpointOffered(checkpoint);
            if (_isThere)
            {
                training._stands.TrySetResult();
            }

            while (_isThere && !stop.WaitHandle.WaitOne(Glance))
            {
                progress.CheckpointOffered(checkpoint);
            }
        }

        public void EpochCompleted(EpochMetrics metrics, Checkpoint checkpoint) => progress.EpochCompleted(metrics, checkpoint);
    }
}
