using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Experiments.Training.Checkpoints;

namespace Experiments.Grains.Execution;

/// <summary>Predictions as they lie in the checkpoint store: a safetensors file of three columns. Classes are exact as 32-bit floats.</summary>
internal static class StoredPredictions
{
    public const string Name = "predictions";

    private const string Labels = "labels", Predicted = "predicted", Probabilities = "probabilities";

    public static byte[] ToBytes(Predictions predictions) => Safetensors.Write(
        [
            Column(Labels, predictions.Labels.Select(label => (float)label)),
            Column(Predicted, predictions.Predicted.Select(label => (float)label)),
            Column(Probabilities, predictions.Probabilities),
        ],
        ImmutableDictionary<string, string>.Empty);

    public static Predictions FromBytes(ReadOnlySpan<byte> bytes)
    {
        var (columns, _) = Safetensors.Read(bytes);
        return new Predictions(Classes(Labels), Classes(Predicted), [.. columns[Probabilities].Values.Span]);

        ImmutableArray<int> Classes(string name) => [.. MemoryMarshal.ToEnumerable(columns[name].Values).Select(label => (int)label)];
    }

    private static NamedTensor Column(string name, IEnumerable<float> values)
    {
        float[] column = [.. values];
        return new NamedTensor(name, [column.Length], column);
    }
}
