namespace Experiments.Training;

/// <summary>How large the steps are as training goes on: <see cref="TrainingConfig.LearningRate"/> under its schedule.</summary>
internal static class LearningRate
{
    /// <param name="epoch">From 1.</param>
    /// <param name="batch">Of the epoch, from 0.</param>
    /// <param name="batchesPerEpoch">From 1.</param>
    /// <returns>The rate of this batch's update. The last batch of the warm-up has the full one, and so has the first after it.</returns>
    public static double At(TrainingConfig training, int epoch, int batch, int batchesPerEpoch)
    {
        var schedule = training.Schedule;
        double batches = ((epoch - 1.0) * batchesPerEpoch) + batch;
        double warmup = (double)schedule.Warmup * batchesPerEpoch;
        return training.LearningRate * (batches < warmup ? (batches + 1) / warmup : schedule.Kind switch
        {
            LearningRateDecay.Step => Math.Pow(schedule.Factor, (epoch - 1 - schedule.Warmup) / schedule.Every),
            LearningRateDecay.Cosine => (1 + Math.Cos(Math.PI * (batches - warmup) / (((double)training.Epochs * batchesPerEpoch) - warmup))) / 2,
            _ => 1,
        });
    }
}
