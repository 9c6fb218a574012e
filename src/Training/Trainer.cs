using System.Collections.Immutable;
using Experiments.Training.Checkpoints;
using Experiments.Training.Data;
using Experiments.Training.Evaluation;
using Experiments.Training.Models;
using Experiments.Training.Randomness;

namespace Experiments.Training;

/// <summary>Trains one experiment on the calling thread, from the start or from a checkpoint; the result is the same to the bit.</summary>
public static class Trainer
{
    /// <param name="checkpoint">Where to go on, of the same configuration but for the number of epochs; null starts anew.</param>
    /// <param name="stop">Ends the training at the next batch, with a checkpoint.</param>
    /// <exception cref="SafetensorsException">The checkpoint is of another model.</exception>
    /// <exception cref="DatasetException">The images are too small for what is to be done to them.</exception>
    public static TrainingOutcome Train(
        ExperimentConfig config, TrainingSet data, Checkpoint? checkpoint, ITrainingProgress progress, TimeProvider time, CancellationToken stop)
    {
        LibTorch.Load();
        var (training, images, split) = (config.Training, data.Dataset.Train, data.Split);
        var rule = UpdateRule.Of(training);
        using var model = new Network(ModelConfig.LayersOf(config), data.Dataset.ImageSize, data.Dataset.Classes.Length, training.Seed);
        int batchSize = Math.Min(training.BatchSize, split.Train.Length);
        using var batches = new BatchReader(images, batchSize, model.Input, Augmenter.Of(training, data.Dataset.ImageSize));
        using var validation = new Evaluator(model, images);
        var position = new TrainingPosition();
        ImmutableArray<NamedTensor> best = [];
        if (checkpoint is not null)
        {
            model.Restore(checkpoint);
            position = checkpoint.Position;
            best = checkpoint.Best;
        }

        Checkpoint Here() => model.Save(position, best, config, data.Dataset.Sha256);
        Checkpoint? final = null;

        try
        {
            while (!training.IsOver(position.CompletedEpochs, position.BestEpoch))
            {
                int epoch = position.CompletedEpochs + 1;
                int[] order = Shuffle.Order(split.Train, training.Seed, epoch);
                int batchesPerEpoch = (order.Length + batchSize - 1) / batchSize;
                while (position.Batch < batchesPerEpoch)
                {
                    stop.ThrowIfCancellationRequested();
                    long started = time.GetTimestamp();
                    var indices = order.AsSpan(position.Batch * batchSize);
                    var batch = batches.Read(indices[..Math.Min(batchSize, indices.Length)], epoch);
                    double rate = LearningRate.At(training, epoch, position.Batch, batchesPerEpoch);
                    var update = new BatchUpdate(rule, rate, position.Step + 1, training.LabelSmoothing);
                    var (loss, correct) = model.Step(batch, new BatchPosition(epoch, position.Batch), update);
                    position = position.AfterBatch(loss, correct, batch.Count, time.GetElapsedTime(started));
                    if (!float.IsFinite(loss))
                    {
                        return new TrainingOutcome.Diverged(epoch);
                    }

                    progress.BatchTrained(position.Progress(batchesPerEpoch, Math.Min(order.Length, position.Batch * batchSize)));
                    progress.CheckpointOffered(Here);
                }

                var (validationLoss, predictions) = validation.Run(split.Validation, stop);
                if (!double.IsFinite(validationLoss))
                {
                    return new TrainingOutcome.Diverged(epoch);
                }

                var metrics = position.Metrics(order.Length, validationLoss, predictions.CountCorrect() / (double)split.Validation.Length);
                position = position.AfterEpoch(metrics, training.EarlyStopping.Monitor);
                best = position.BestEpoch == epoch ? model.Weights() : best;
                progress.EpochCompleted(metrics, Here());
            }

            final = Here();
            var (evaluation, test) = TestEvaluator.Evaluate(model, final, data.Dataset, stop);
            return double.IsFinite(evaluation.Test.Loss)
                ? new TrainingOutcome.Completed(evaluation, test, final)
                : new TrainingOutcome.Diverged(position.CompletedEpochs);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new TrainingOutcome.Stopped(final ?? Here());
        }
    }
}
