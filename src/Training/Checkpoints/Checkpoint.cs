using System.Collections.Immutable;
using System.Text.Json;
using Experiments.Training.Models;

namespace Experiments.Training.Checkpoints;

/// <summary>
/// All that training needs to go on exactly where it stood: the weights, the optimizer's moments and the best weights so far, all in the plain
/// layout, and the position. As bytes it is a safetensors file whose metadata hold the position and the configuration.
/// </summary>
public sealed class Checkpoint
{
    private const string BestPrefix = "best/";
    private const string PositionKey = "position", ConfigKey = "config", DatasetKey = "dataset";

    /// <summary>Refuses what no checkpoint is written with.</summary>
    private static readonly JsonSerializerOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        Converters = { new FiniteConverter() },
    };

    public required TrainingPosition Position { get; init; }

    public required ExperimentConfig Config { get; init; }

    /// <summary>SHA-256 of the dataset's content.</summary>
    public required string DatasetSha256 { get; init; }

    /// <summary>Each parameter's values and moments, and the best values where an epoch is completed.</summary>
    public required ImmutableArray<ParameterState> Parameters { get; init; }

    public byte[] ToBytes() => Safetensors.Write(
        Parameters.SelectMany(parameter => parameter.Tensors(UpdateRule.Of(Config.Training).Moments)),
        new Dictionary<string, string>
        {
            [PositionKey] = JsonSerializer.Serialize(Position),
            [ConfigKey] = JsonSerializer.Serialize(Config),
            [DatasetKey] = DatasetSha256,
        });

    /// <exception cref="SafetensorsException">The bytes are not a checkpoint.</exception>
    public static Checkpoint FromBytes(ReadOnlySpan<byte> bytes)
    {
        var (tensors, metadata) = Safetensors.Read(bytes);
        try
        {
            var position = Metadata<TrainingPosition>(PositionKey, metadata);
            if (!position.IsPossible)
            {
                throw new SafetensorsException($"The file is no checkpoint: no training is ever at {metadata[PositionKey]}.");
            }

            var config = Metadata<ExperimentConfig>(ConfigKey, metadata);
            var moments = UpdateRule.Of(config.Training).Moments;
            ImmutableArray<ParameterState> parameters =
            [
                .. tensors.Keys.Where(name => !name.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                    .Select(name => ParameterState.From(name, tensors, moments, hasBest: position.BestEpoch > 0)),
            ];
            if (parameters.Sum(parameter => parameter.Tensors(moments).Count()) != tensors.Count)
            {
                throw new SafetensorsException("The file is no checkpoint: it holds parts of no parameter.");
            }

            return new Checkpoint
            {
                Position = position,
                Config = config,
                DatasetSha256 = metadata[DatasetKey],
                Parameters = parameters,
            };
        }
        catch (Exception error) when (error is KeyNotFoundException or JsonException or NotSupportedException)
        {
            throw new SafetensorsException($"The file is no checkpoint: {error.Message}");
        }
    }

    private static T Metadata<T>(string key, ImmutableDictionary<string, string> metadata) =>
        JsonSerializer.Deserialize<T>(metadata[key], Strict) ?? throw new JsonException($"'{key}' is null.");

    /// <summary>
    /// The weights as others read them, a safetensors file without metadata: of the last update, or of the best epoch where its weights are to be
    /// restored and there is one.
    /// </summary>
    public byte[] Weights() => RestoresBest ? BestWeights() : Safetensors.Write(Parameters.Select(parameter => parameter.Values), ImmutableDictionary<string, string>.Empty);

    /// <summary>The weights of the best epoch, in the form of <see cref="Weights"/>.</summary>
    public byte[] BestWeights() => Safetensors.Write(Best, ImmutableDictionary<string, string>.Empty);

    /// <summary>Whether the result is that of the best epoch.</summary>
    internal bool RestoresBest => Config.Training.EarlyStopping.RestoreBest && Position.BestEpoch > 0;

    /// <summary>The values at the best epoch, in the order of <see cref="Parameters"/>; empty before the first epoch is completed.</summary>
    internal ImmutableArray<NamedTensor> Best => Position.BestEpoch == 0 ? [] : [.. Parameters.Select(parameter => parameter.Best!)];

    /// <summary>
    /// Whether training may go on from here: only the number of epochs may have changed since, and where the learning rate depends on it,
    /// not even that.
    /// </summary>
    public bool Fits(ExperimentConfig config, string datasetSha256)
    {
        int epochs = config.Training.MayGrow ? config.Training.Epochs : Config.Training.Epochs;
        return DatasetSha256 == datasetSha256 && Config with { Training = Config.Training with { Epochs = epochs } } == config;
    }

    /// <param name="Values">Named as the parameter.</param>
    /// <param name="Moments">As many as the optimizer keeps, each of the same shape.</param>
    /// <param name="Best">The values at the best epoch; null before the first.</param>
    public sealed record ParameterState(NamedTensor Values, ImmutableArray<ReadOnlyMemory<float>> Moments, NamedTensor? Best)
    {
        internal IEnumerable<NamedTensor> Tensors(ImmutableArray<string> moments)
        {
            yield return Values;
            foreach (var (name, values) in moments.Zip(Moments))
            {
                yield return Values with { Name = $"{name}/{Values.Name}", Values = values };
            }

            if (Best is not null)
            {
                yield return Best with { Name = BestPrefix + Values.Name };
            }
        }

        /// <exception cref="KeyNotFoundException">A part is missing.</exception>
        internal static ParameterState From(string name, ImmutableDictionary<string, NamedTensor> tensors, ImmutableArray<string> moments, bool hasBest)
        {
            var values = tensors[name];
            return new(values, [.. moments.Select(moment => Alike(moment + "/").Values)], hasBest ? Alike(BestPrefix) with { Name = name } : null);

            NamedTensor Alike(string prefix) => tensors[prefix + name] is var part && part.Shape.SequenceEqual(values.Shape)
                ? part
                : throw new SafetensorsException($"The file is no checkpoint: '{part.Name}' has not the shape of '{name}'.");
        }
    }
}
