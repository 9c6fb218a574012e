using System.Collections.Immutable;
using Experiments.Training.Data;
using Experiments.Training.Models;

namespace Experiments.Training.Tests;

/// <summary>Small inputs, the same on every machine.</summary>
internal static class Some
{
    /// <summary>Noisy images with a bright stripe whose place tells the class: a CNN learns them within a few batches.</summary>
    public static ImageSet Images(int count, int classes = 10, int height = 28, int width = 28, uint seed = 1)
    {
        var random = new MersenneTwister(seed);
        var pixels = new byte[count * height * width];
        var labels = new int[count];
        for (int image = 0; image < count; image++)
        {
            int label = labels[image] = (int)random.NextUpTo((uint)classes - 1);
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    bool stripe = y * classes / height == label;
                    pixels[(((image * height) + y) * width) + x] = (byte)((stripe ? 120 : 0) + random.NextUpTo(127));
                }
            }
        }

        return new ImageSet(height, width, pixels, labels);
    }

    public static Dataset Dataset(int train = 400, int test = 100, int classes = 10, int height = 28, int width = 28) =>
        new("some", ClassNames(classes), Images(train, classes, height, width, seed: 1), Images(test, classes, height, width, seed: 2));

    public static TrainingSet TrainingSet(Dataset? dataset = null, double validation = 0.2)
    {
        dataset ??= Dataset();
        return new TrainingSet(dataset, TrainTestSplit.Create(dataset.Train.Count, validation, 2018));
    }

    public static ImmutableArray<string> ClassNames(int classes) => [.. Enumerable.Range(0, classes).Select(label => $"class {label}")];

    /// <summary>Of the default optimizer.</summary>
    public static BatchUpdate Update(double learningRate = 0.001) => new(UpdateRule.Of(new TrainingConfig()), learningRate, Step: 1);

    /// <summary>The built-in model's.</summary>
    public static ImmutableArray<LayerConfig> Layers(DropoutRates rates) => ModelConfig.LayersOf(new ExperimentConfig { Dropout = rates });

    /// <summary>The built-in model.</summary>
    public static Network Network(ImageSize image, int classes, DropoutRates rates, long seed) => new(Layers(rates), image, classes, seed);

    public static DropoutRates Rates => new() { Conv1 = 0.25, Conv2 = 0.25, Conv3 = 0.4, Dense = 0.3 };

    /// <summary>Of the 320 images that <see cref="TrainingSet"/> gives, batches of 72 leave a last one of 32.</summary>
    public static ExperimentConfig Config(int epochs = 2, int batchSize = 72, double learningRate = 0.001, long seed = 1, DropoutRates? dropout = null) => new()
    {
        Training = new TrainingConfig { Epochs = epochs, BatchSize = batchSize, LearningRate = learningRate, Seed = seed },
        Dropout = dropout ?? Rates,
    };
}
