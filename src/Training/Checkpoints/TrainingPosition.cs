namespace Experiments.Training.Checkpoints;

/// <summary>How far a training has come, and what it has summed up on the way.</summary>
public sealed record TrainingPosition
{
    /// <summary>Epochs trained and validated.</summary>
    public int CompletedEpochs { get; init; }

    /// <summary>Batches trained of the epoch under way.</summary>
    public int Batch { get; init; }

    /// <summary>Updates of the weights since the start.</summary>
    public long Step { get; init; }

    /// <summary>Sum of the loss over the images of the epoch under way, in nats.</summary>
    public double LossSum { get; init; }

    /// <summary>Images of the epoch under way that were predicted rightly.</summary>
    public int Correct { get; init; }

    /// <summary>Seconds of training spent on the epoch under way.</summary>
    public double Seconds { get; init; }

    /// <summary>The best epoch by what is monitored, the first where several are equal; 0 before the first.</summary>
    public int BestEpoch { get; init; }

    /// <summary>Of the best epoch.</summary>
    public double BestValidationLoss { get; init; }

    /// <summary>Of the best epoch; 0 where a version wrote the checkpoint that monitored only the loss.</summary>
    public double BestValidationAccuracy { get; init; }

    /// <summary>The <see cref="HistoryHash"/> of the completed epochs.</summary>
    public string HistorySha256 { get; init; } = HistoryHash.Empty;

    /// <summary>False for what only a damaged file can hold.</summary>
    internal bool IsPossible =>
        CompletedEpochs >= 0 && Batch >= 0 && Step >= (long)CompletedEpochs + Batch && Correct >= 0 && Seconds >= 0 && BestEpoch >= 0
        && BestEpoch <= CompletedEpochs && (BestEpoch > 0) == (CompletedEpochs > 0)
        && HistorySha256 is { Length: var digits } && digits == (CompletedEpochs == 0 ? 0 : 64) && HistorySha256.All(char.IsAsciiHexDigitLower);

    internal TrainingPosition AfterBatch(float loss, int correct, int images, TimeSpan taken) => this with
    {
        Batch = Batch + 1,
        Step = Step + 1,
        LossSum = LossSum + ((double)loss * images),
        Correct = Correct + correct,
        Seconds = Seconds + taken.TotalSeconds,
    };

    /// <param name="images">Images of the epoch trained so far.</param>
    internal BatchProgress Progress(int batches, int images) =>
        new(CompletedEpochs + 1, Batch, batches, LossSum / images, (double)Correct / images, images / Seconds);

    /// <param name="images">Images of an epoch.</param>
    internal EpochMetrics Metrics(int images, double validationLoss, double validationAccuracy) =>
        new(CompletedEpochs + 1, LossSum / images, (double)Correct / images, validationLoss, validationAccuracy, Seconds);

    internal TrainingPosition AfterEpoch(EpochMetrics metrics, MonitoredMetric monitor)
    {
        bool best = BestEpoch == 0
            || monitor.IsBetter(monitor.Of(metrics.ValidationLoss, metrics.ValidationAccuracy), monitor.Of(BestValidationLoss, BestValidationAccuracy));
        return new TrainingPosition
        {
            CompletedEpochs = metrics.Epoch,
            Step = Step,
            BestEpoch = best ? metrics.Epoch : BestEpoch,
            BestValidationLoss = best ? metrics.ValidationLoss : BestValidationLoss,
            BestValidationAccuracy = best ? metrics.ValidationAccuracy : BestValidationAccuracy,
            HistorySha256 = HistoryHash.Append(HistorySha256, metrics),
        };
    }
}
