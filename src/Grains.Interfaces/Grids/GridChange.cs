using System.Collections.Immutable;

namespace Experiments;

/// <summary>What submitting a grid under the name of an existing one comes to.</summary>
/// <param name="Differences">
/// Why the two cannot be one grid, each such as <c>baseline: training.batchSize: 128 → 64</c>; where there are any, nothing else changes.
/// </param>
/// <param name="Added">Experiments that join, in the order of the submitted grid.</param>
/// <param name="Extended">Experiments that go on from where they ended.</param>
/// <param name="Merged">
/// The grid from now on: the existing experiments in their order, then those added. The existing grid where there are <paramref name="Differences"/>.
/// </param>
public sealed record GridChange(
    ImmutableArray<string> Differences,
    ImmutableArray<ExperimentDefinition> Added,
    ImmutableArray<ExtendedExperiment> Extended,
    GridDefinition Merged);

/// <param name="Epochs">The larger number of epochs that it now trains to.</param>
public sealed record ExtendedExperiment(string Name, int Epochs);

public static class GridChanges
{
    private const string Epochs = "training.epochs", Model = "model", Layers = "model.", Rates = "dropout.", Absent = "none";

    /// <summary>
    /// Decides what may change under one name: experiments may join, <c>training.epochs</c> may grow unless the learning rate depends on it, and
    /// priority, parallelism and attempts are free, for they decide nothing of the results. Experiments that the submitted grid lacks stay. Data may lie elsewhere than before
    /// if their content is the same, so the dataset's SHA-256 is to be filled in on both.
    /// </summary>
    public static GridChange Plan(GridDefinition existing, GridDefinition submitted)
    {
        var known = existing.Experiments.ToDictionary(experiment => experiment.Name, StringComparer.Ordinal);
        var again = submitted.Experiments.Where(experiment => known.ContainsKey(experiment.Name)).ToImmutableArray();

        ImmutableArray<string> differences =
        [
            .. Between(existing.Dataset, submitted.Dataset),
            .. again.SelectMany(experiment => Between(known[experiment.Name], experiment)),
        ];
        if (!differences.IsEmpty) return new GridChange(differences, [], [], existing);

        var added = submitted.Experiments.Where(experiment => !known.ContainsKey(experiment.Name)).ToImmutableArray();
        ImmutableArray<ExtendedExperiment> extended =
        [
            .. again.Where(experiment => experiment.Config.Training.Epochs > known[experiment.Name].Config.Training.Epochs)
                .Select(experiment => new ExtendedExperiment(experiment.Name, experiment.Config.Training.Epochs)),
        ];
        foreach (var experiment in again) known[experiment.Name] = experiment;

        return new GridChange([], added, extended, submitted with
        {
            // What every silo can take is not given up for files of one machine.
            Dataset = existing.Dataset.IsStored ? existing.Dataset : submitted.Dataset,
            Experiments = [.. existing.Experiments.Select(experiment => known[experiment.Name]), .. added],
        });
    }

    private static IEnumerable<string> Between(ExperimentDefinition existing, ExperimentDefinition submitted) =>
        Differing(existing.Config, submitted.Config)
            .Where(key => key.Name != Epochs || !IsExtended(existing.Config.Training, submitted.Config.Training))
            .Select(key => $"{existing.Name}: {key.Name}: {key.Text(existing.Config) ?? Absent} → {key.Text(submitted.Config) ?? Absent}{Why(key, existing.Config, submitted.Config)}");

    /// <summary>Of models that are other lists of layers it is said that they are, and not in what values.</summary>
    private static IEnumerable<ConfigKey> Differing(ExperimentConfig existing, ExperimentConfig submitted)
    {
        var keys = ConfigKey.Of([existing, submitted]).Where(key => key.Text(existing) != key.Text(submitted)).ToList();
        return keys.Exists(key => key.Name == Model) ? keys.Where(key => !key.Name.StartsWith(Layers, StringComparison.Ordinal) && !key.Name.StartsWith(Rates, StringComparison.Ordinal)) : keys;
    }

    private static bool IsExtended(TrainingConfig existing, TrainingConfig submitted) =>
        submitted.Epochs > existing.Epochs && existing.MayGrow;

    private static string Why(ConfigKey key, ExperimentConfig existing, ExperimentConfig submitted) =>
        key.Name == Epochs && submitted.Training.Epochs > existing.Training.Epochs
            ? " (its training.schedule.kind is cosine, by which every epoch's learning rate depends on how many there are)"
            : "";

    private static IEnumerable<string> Between(DatasetReference existing, DatasetReference submitted)
    {
        if (existing.Name != submitted.Name) yield return $"dataset.name: {existing.Name} → {submitted.Name}";
        if (existing.Sha256 != submitted.Sha256) yield return $"dataset.sha256: {existing.Sha256} → {submitted.Sha256}";

        string classes = Classes(existing), newClasses = Classes(submitted);
        if (classes != newClasses) yield return $"dataset.classes: {classes} → {newClasses}";

        // Without one the data say their size themselves, which their checksum vouches for.
        if (existing.Files?.ImageSize is { } size && submitted.Files?.ImageSize is { } newSize && size != newSize)
            yield return $"dataset.imageSize: [{size.Height}, {size.Width}] → [{newSize.Height}, {newSize.Width}]";
    }

    private static string Classes(DatasetReference dataset) =>
        dataset.Files is { } files ? $"[{string.Join(", ", files.Classes)}]" : "built in";
}
