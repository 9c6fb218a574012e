using System.Globalization;
using Experiments.Training;
using Experiments.Training.Checkpoints;
using Experiments.Training.Data;
using TorchSharp;

namespace Experiments.Benchmarks;

/// <summary>Two one-thread experiments side by side, a plain TorchSharp loop on as many threads, and the arithmetic limit, in turn.</summary>
internal static class TrainingBenchmark
{
    private const int BatchSize = 128;
    private const int Experiments = 2;

    private static readonly DropoutRates Dropout = new() { Conv1 = 0.25, Conv2 = 0.25, Conv3 = 0.4, Dense = 0.3 };

    public static int Run(string[] args)
    {
        int pairs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        int images = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 12_800;
        LibTorch.Load();
        var dataset = new DatasetLoader(new DatasetOptions())
            .LoadAsync(new DatasetReference { Name = DatasetReference.FashionMnist }, null, CancellationToken.None).GetAwaiter().GetResult();
        var data = Subset(dataset, images);
        using var tensor = torch.tensor(dataset.Train.Pixels[..(images * 784)].ToArray().Select(pixel => pixel / 255f).ToArray(), [images, 1, 28, 28]);
        using var labels = torch.tensor(dataset.Train.Labels[..images].ToArray().Select(label => (long)label).ToArray());

        Line($"{pairs} interleaved pairs of {images:N0} images; {LibTorch.Environment()}");
        foreach (var rates in (DropoutRates[])[new(), Dropout])
        {
            string name = rates == Dropout ? "dropout" : "baseline";
            var limits = new List<double>();
            var ours = new List<double>();
            var plain = new List<double>();
            for (int pair = 0; pair < pairs; pair++)
            {
                limits.Add(ArithmeticLimit.Measure(Experiments) / ArithmeticLimit.FlopPerImage);
                ours.Add(SideBySide(data, rates));
                plain.Add(images / PlainTorchSharp.TrainEpoch(tensor, labels, BatchSize, rates == Dropout, threads: Experiments));
                Line($"{name} {pair + 1}: limit {limits[^1]:N0}, side by side {ours[^1]:N0}, plain {plain[^1]:N0} images/s");
            }

            var againstPlain = Median(ours.Zip(plain, (a, b) => a / b));
            var ofLimit = Median(ours.Zip(limits, (a, b) => a / b));
            Line($"{name}: median {Median(ours):N0} images/s side by side; {againstPlain:F2}× plain TorchSharp; {ofLimit:P0} of the arithmetic limit, {1 / ofLimit:F2}× its time");
        }

        return 0;
    }

    /// <returns>Images per second of all experiments together.</returns>
    private static double SideBySide(TrainingSet data, DropoutRates rates)
    {
        double[] seconds = ArithmeticLimit.Parallel(Experiments, number =>
        {
            var config = new ExperimentConfig { Dropout = rates, Training = new TrainingConfig { Epochs = 1, BatchSize = BatchSize, Seed = number + 1 } };
            var progress = new Seconds();
            _ = Trainer.Train(config, data, null, progress, TimeProvider.System, CancellationToken.None);
            return progress.OfEpoch;
        });
        return Experiments * data.Split.Train.Length / seconds.Max();
    }

    /// <summary>The first images to train on, and one batch each to validate and to test on: what is timed is training alone.</summary>
    private static TrainingSet Subset(Dataset all, int images)
    {
        var train = Take(all.Train, images + BatchSize);
        var dataset = new Dataset("subset", all.Classes, train, Take(all.Test, BatchSize));
        int[] indices = [.. Enumerable.Range(0, train.Count)];
        return new TrainingSet(dataset, new DataSplit(indices[..images], indices[images..]));
    }

    private static ImageSet Take(ImageSet set, int count) =>
        new(set.Height, set.Width, set.Pixels[..(count * set.Height * set.Width)].ToArray(), set.Labels[..count].ToArray());

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private sealed class Seconds : ITrainingProgress
    {
        public double OfEpoch { get; private set; }

        public void BatchTrained(BatchProgress progress)
        {
        }

        public void CheckpointOffered(Func<Checkpoint> checkpoint)
        {
        }

        public void EpochCompleted(EpochMetrics metrics, Checkpoint checkpoint) => OfEpoch = metrics.Seconds;
    }
}
