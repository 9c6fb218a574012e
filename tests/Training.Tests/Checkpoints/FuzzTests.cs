using System.Collections.Immutable;
using Experiments.Processes;
using Experiments.Training.Checkpoints;
using Xunit;

namespace Experiments.Training.Tests.Checkpoints;

/// <summary>Files that are changed at random: nothing but what is right is accepted, and nothing else is thrown. EXPERIMENTS_TEST_FUZZ says how many.</summary>
public sealed class FuzzTests(ITestOutputHelper log)
{
    private static readonly string[] Names = ["conv1.weight", "conv1.bias", "dense2.weight", "x", "ä€", "😀\u0001\"\\/"];

    [Fact]
    public void AFileIsReadAsItClaimsIfAndOnlyIfItIsWellFormed() => Fuzz(WellFormed, (file, expected) =>
    {
        var (tensors, metadata) = Safetensors.Read(file);

        AssertSame(expected, tensors, metadata);
        byte[] written = Safetensors.Write(tensors.Values, metadata);
        var (again, metadataAgain) = Safetensors.Read(written);
        AssertSame(expected, again, metadataAgain);
        Assert.Equal(written, Safetensors.Write(again.Values, metadataAgain));
    }, mayBeRefused: false);

    [Fact]
    public void ACheckpointIsReadToTheSameTensorsOrRefused() => Fuzz(WholeCheckpoint, (file, expected) =>
    {
        var checkpoint = Checkpoint.FromBytes(file);

        byte[] written = checkpoint.ToBytes();
        AssertSame(expected, Safetensors.Read(written).Tensors, expected.Metadata);
        Assert.Equal(written, Checkpoint.FromBytes(written).ToBytes());
        Assert.True(checkpoint.Fits(checkpoint.Config, expected.Metadata["dataset"]));
        Assert.Equal(checkpoint.Position.BestEpoch > 0 ? checkpoint.Parameters.Length : 0, Safetensors.Read(checkpoint.BestWeights()).Tensors.Count);
    }, mayBeRefused: true);

    /// <param name="wellFormed">Draws a file to change.</param>
    /// <param name="read">Reads one that is a well-formed safetensors file.</param>
    /// <param name="mayBeRefused">Whether more is asked of a file than that it is one.</param>
    private void Fuzz(Func<Random, byte[]> wellFormed, Action<byte[], StrictReading> read, bool mayBeRefused)
    {
        var random = Seed.Random(log);
        int accepted = 0, refused = 0;
        for (int i = 0; i < Seed.Fuzz; i++)
        {
            byte[] file = FuzzedFile.Some(wellFormed(random), wellFormed(random), random);
            var expected = StrictReading.Of(file);
            try
            {
                if (expected is null)
                {
                    Assert.Throws<SafetensorsException>(() => Safetensors.Read(file));
                    refused++;
                }
                else
                {
                    read(file, expected);
                    accepted++;
                }
            }
            catch (SafetensorsException) when (expected is not null && mayBeRefused)
            {
                refused++;
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"File {i}, {(expected is null ? "malformed" : "well-formed")}: {Convert.ToBase64String(file)}", error);
            }
        }

        log.WriteLine($"{accepted} accepted, {refused} refused");
        Assert.InRange(accepted, Seed.Fuzz / 10, Seed.Fuzz);
        Assert.InRange(refused, Seed.Fuzz / 10, Seed.Fuzz);
    }

    private static void AssertSame(StrictReading expected, ImmutableDictionary<string, NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Assert.Equal(expected.Metadata, metadata);
        Assert.Equal(expected.Tensors.Keys.Order(StringComparer.Ordinal), tensors.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, (shape, _, values)) in expected.Tensors)
        {
            Assert.Equal(name, tensors[name].Name);
            Assert.Equal(shape, tensors[name].Shape);
            Assert.Equal(values, tensors[name].Values.ToArray().Select(BitConverter.SingleToUInt32Bits));
        }
    }

    private static byte[] WellFormed(Random random)
    {
        var tensors = Names.Where(_ => random.Next(2) == 0).Select(name => Tensor(name, random));
        var metadata = Names.Where(_ => random.Next(6) == 0).ToDictionary(name => name, _ => "{\"a\":[1,2.5,{\"b\":null}],\"ä\":\"😀\"}");
        return Safetensors.Write(tensors, metadata);
    }

    private static byte[] WholeCheckpoint(Random random)
    {
        var metrics = new EpochMetrics(1, 0.1, 0.9, 1.0 / 3, 0.8, 12.5);
        var position = new TrainingPosition { Batch = 3, Step = 7, LossSum = 0.1 + 0.2, Correct = 12, Seconds = 1.5 };
        bool afterAnEpoch = random.Next(2) == 0;
        return new Checkpoint
        {
            Position = afterAnEpoch ? position.AfterEpoch(metrics, MonitoredMetric.ValidationLoss) : position,
            Config = Some.Config() with { Model = random.Next(2) == 0 ? null : new ModelConfig { Layers = ModelConfig.FashionCnnLayers } },
            DatasetSha256 = new string('a', 64),
            Parameters =
            [
                .. Names.Take(random.Next(4)).Order(StringComparer.Ordinal).Select(name => Tensor(name, random)).Select(values =>
                    new Checkpoint.ParameterState(values, [Alike(values), Alike(values)], afterAnEpoch ? values with { Values = Alike(values) } : null)),
            ],
        }.ToBytes();

        ReadOnlyMemory<float> Alike(NamedTensor values) => Values(values.Values.Length, random);
    }

    private static NamedTensor Tensor(string name, Random random)
    {
        ImmutableArray<long> shape = [.. Enumerable.Range(0, random.Next(4)).Select(_ => (long)random.Next(random.Next(8) == 0 ? 1 : 4))];
        return new NamedTensor(name, shape, Values((int)shape.Aggregate(1L, (product, size) => product * size), random));
    }

    /// <summary>Any bits, so that some are no number.</summary>
    private static ReadOnlyMemory<float> Values(int count, Random random) => Enumerable.Range(0, count).Select(_ => BitConverter.Int32BitsToSingle(random.Next())).ToArray();
}
