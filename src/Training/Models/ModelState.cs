using System.Collections.Immutable;
using Experiments.Training.Checkpoints;

namespace Experiments.Training.Models;

/// <summary>Moves a model's weights into checkpoints and back.</summary>
internal static class ModelState
{
    public static ImmutableArray<NamedTensor> Weights(this Network model) =>
        [.. model.Parameters.Select(parameter => new NamedTensor(parameter.Name, [.. parameter.PlainShape], parameter.Plain))];

    public static Checkpoint Save(this Network model, TrainingPosition position, ImmutableArray<NamedTensor> best, ExperimentConfig config, string datasetSha256)
    {
        int moments = UpdateRule.Of(config.Training).Moments.Length;
        return new Checkpoint
        {
            Position = position,
            Config = config,
            DatasetSha256 = datasetSha256,
            Parameters =
            [
                .. model.Parameters.Zip(model.Weights(), (parameter, values) => new Checkpoint.ParameterState(
                    values, [.. parameter.PlainMoments(moments)], best.FirstOrDefault(tensor => tensor.Name == parameter.Name))),
            ],
        };
    }

    /// <exception cref="SafetensorsException">The checkpoint is of another model.</exception>
    public static void Restore(this Network model, Checkpoint checkpoint)
    {
        var states = checkpoint.Parameters.ToDictionary(state => state.Values.Name);
        foreach (var parameter in model.Parameters)
        {
            if (!states.TryGetValue(parameter.Name, out var state) || !state.Values.Shape.SequenceEqual(parameter.PlainShape))
            {
                throw new SafetensorsException($"The checkpoint has no '{parameter.Name}' of shape [{string.Join(", ", parameter.PlainShape)}].");
            }

            parameter.Plain = state.Values.Values.ToArray();
            parameter.RestoreMoments(state.Moments);
        }
    }

    /// <summary>Puts the checkpoint's best weights in place of the model's; the moments stay as they are.</summary>
    public static void LoadBest(this Network model, Checkpoint checkpoint)
    {
        var best = checkpoint.Best.ToDictionary(tensor => tensor.Name);
        foreach (var parameter in model.Parameters)
        {
            parameter.Plain = best[parameter.Name].Values.ToArray();
        }
    }
}
