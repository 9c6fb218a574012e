using System.Runtime.Intrinsics;
using Experiments.Training.Randomness;
using Xunit;

namespace Experiments.Training.Tests.Randomness;

public sealed class RandomStreamTests
{
    [Fact]
    public void NoTwoDrawsShareACounter()
    {
        // Philox maps the counters of one key one to one: blocks are equal only where the counters are.
        var seen = new HashSet<Vector128<uint>>();
        int drawn = 0;
        foreach (var purpose in Enum.GetValues<RandomPurpose>())
        {
            foreach (int layer in (int[])[0, 1, 2, 3, 4, 5])
            {
                foreach (int epoch in (int[])[0, 1, 2, 255, 256, 100_000])
                {
                    foreach (int batch in (int[])[0, 1, 2, 374, 65_536, 60_000 * 1000])
                    {
                        var stream = new RandomStream(long.MaxValue, purpose, layer, epoch, batch);
                        foreach (uint block in (uint[])[0, 1, 7, 8, 1 << 24, 1 << 28])
                        {
                            seen.Add(stream.Block(block));
                            drawn++;
                        }
                    }
                }
            }
        }

        Assert.Equal(drawn, seen.Count);
    }

    /// <summary>
    /// All streams of fifty epochs with everything on, each at its ends and at one block in between. A stream never takes a block twice: weight,
    /// element, image and word each have their own.
    /// </summary>
    [Fact]
    public void ATrainingOfTheNotebooksSizeDrawsNoNumberTwice()
    {
        const int Images = 60_000, Trained = 48_000, BatchSize = 128, Epochs = 50, Batches = Trained / BatchSize;
        var layers = ModelSummary.Of(ModelConfig.LayersOf(new ExperimentConfig { Dropout = Some.Rates }), new ImageSize(28, 28), classes: 10);
        long[] weights = [.. layers.Select(layer => (long)layer.Parameters).Where(parameters => parameters > 0)];
        long[] masks = [.. layers.Where(layer => layer.Type == "Dropout").Select(layer => layer.OutputShape.Aggregate((long)BatchSize, (product, size) => product * size) / 8)];
        IEnumerable<(RandomStream Stream, long Blocks)> streams =
        [
            .. weights.Select((count, layer) => (new RandomStream(1, RandomPurpose.Initialization, layer + 1), count)),
            .. from epoch in Enumerable.Range(1, Epochs) select (new RandomStream(1, RandomPurpose.Shuffle, Epoch: epoch), (long)Trained),
            .. from epoch in Enumerable.Range(1, Epochs) select (new RandomStream(1, RandomPurpose.Augmentation, Epoch: epoch), (long)Images),
            .. from epoch in Enumerable.Range(1, Epochs)
               from batch in Enumerable.Range(0, Batches)
               from layer in Enumerable.Range(0, masks.Length)
               select (new RandomStream(1, RandomPurpose.Dropout, layer + 1, epoch, batch), masks[layer]),
        ];
        var seen = new HashSet<Vector128<uint>>();

        foreach (var (stream, blocks) in streams)
        {
            foreach (long block in (long[])[0, blocks / 2, blocks - 1])
            {
                Assert.True(seen.Add(stream.Block(checked((uint)block))), $"{stream} has drawn block {block} before.");
            }
        }

        Assert.Equal(3 * (5 + Epochs + Epochs + (Epochs * Batches * 4)), seen.Count);
    }

    [Fact]
    public void SeedsThatDifferInTheirHighestBitsDrawOtherNumbers() =>
        Assert.NotEqual(new RandomStream(1, RandomPurpose.Shuffle).Block(0), new RandomStream((1L << 62) + 1, RandomPurpose.Shuffle).Block(0));

    [Fact]
    public void UniformNumbersLieInsideTheIntervalAndAverageAHalf()
    {
        var stream = new RandomStream(1, RandomPurpose.Initialization);
        double[] draws = [.. Enumerable.Range(0, 100_000).Select(i => stream.Uniform((uint)i))];

        Assert.All(draws, draw => Assert.InRange(draw, double.Epsilon, 1 - double.Epsilon));
        Assert.Equal(0.5, draws.Average(), 5 / Math.Sqrt(12 * draws.Length));
    }
}
