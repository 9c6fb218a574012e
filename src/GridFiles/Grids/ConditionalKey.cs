using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>A key that has an effect in some configurations only.</summary>
/// <param name="Key">In full.</param>
/// <param name="By">The key that decides it.</param>
/// <param name="HasEffect">Whether it has one, or says that there is none to have.</param>
/// <param name="Remedy">Why it has none, and what to do about it: goes after the experiment's name.</param>
internal sealed record ConditionalKey(string Key, string By, Func<ExperimentConfig, bool> HasEffect, Func<ExperimentConfig, string> Remedy)
{
    public static ImmutableArray<ConditionalKey> All { get; } =
    [
        new(
            "training.momentum",
            "training.optimizer",
            config => config.Training.Optimizer == Optimizer.Sgd || config.Training.Momentum == 0,
            config => $"whose training.optimizer is {Word.Of(config.Training.Optimizer)}; leave it out, or set training.optimizer: sgd"),
        OfSteps("training.schedule.every"),
        OfSteps("training.schedule.factor"),
        OfBuiltIn("dropout.conv1"),
        OfBuiltIn("dropout.conv2"),
        OfBuiltIn("dropout.conv3"),
        OfBuiltIn("dropout.dense"),
    ];

    /// <summary>
    /// Notes values without effect: of a matrix each that has none in an experiment it makes, as that experiment would then have a
    /// name that misleads; of the others each that has none anywhere.
    /// </summary>
    public static void Check(IReadOnlyList<ExpandedExperiment> experiments, FaultList faults)
    {
        foreach (var key in All)
        {
            var idle = new Dictionary<Place, (ExpandedExperiment Experiment, string Key)>();
            var useful = new HashSet<Place>();
            foreach (var experiment in experiments)
            {
                if (experiment.ChoiceOf(key.Key) is not { } choice) continue;

                if (!key.HasEffect(experiment.Definition.Config)) idle.TryAdd(choice.Place, (experiment, choice.Key));
                else if (!experiment.IsOfMatrix(key.Key)) useful.Add(choice.Place);
            }

            foreach (var (place, (experiment, written)) in idle.Where(choice => !useful.Contains(choice.Key)))
                faults.Add(place, $"{written}: has no effect on '{experiment.Definition.Name}', {key.Remedy(experiment.Definition.Config)}.");
        }
    }

    private static ConditionalKey OfBuiltIn(string key) => new(
        key,
        "model",
        config => config.Model is null or { IsFashionCnn: true },
        config => string.Join(", ", config.Model!.Layers.OfType<DropoutConfig>().Select(layer => LayerSettings.KeyOf(layer.Name, "rate"))) is { Length: > 0 } rates
            ? $"whose model is a list of layers; write {rates}"
            : "whose model is a list of layers without dropout; add one to it");

    private static ConditionalKey OfSteps(string key) => new(
        key,
        "training.schedule.kind",
        config => config.Training.Schedule.Kind == LearningRateDecay.Step,
        config => $"whose training.schedule.kind is {Word.Of(config.Training.Schedule.Kind)}; leave it out, or set training.schedule.kind: step");
}
