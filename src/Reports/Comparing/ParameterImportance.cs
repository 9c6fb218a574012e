using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>How much of the variance of a grid's test accuracies each varied key of the configuration explains, judged one key at a time.</summary>
/// <param name="Experiments">The completed experiments that it rests on, from <see cref="Fewest"/>.</param>
/// <param name="Keys">Those with more than one value, the most important first, equal ones in the order of the grid file.</param>
/// <remarks>
/// Keys that vary together explain the same variance, so the shares may come to more than 1; what only a combination of keys does is in none
/// of them. Many values for few experiments explain much by chance alone.
/// </remarks>
public sealed record ParameterImportance(int Experiments, ImmutableArray<KeyImportance> Keys)
{
    /// <summary>Of fewer experiments nothing is said.</summary>
    public const int Fewest = 3;

    /// <returns>Null where fewer than <see cref="Fewest"/> experiments have completed, or all of these have the same test accuracy.</returns>
    public static ParameterImportance? Of(IEnumerable<ExperimentOutcome> experiments)
    {
        ImmutableArray<ExperimentOutcome> completed =
            [.. experiments.Where(experiment => experiment is { Status: ExperimentStatus.Completed, Test: not null })];
        if (completed.Length < Fewest || completed.DistinctBy(experiment => experiment.Test!.Accuracy).Count() == 1) return null;

        return new ParameterImportance(completed.Length,
        [
            .. ConfigKey.Varied([.. completed.Select(experiment => experiment.Config)])
                .Select(key => (key.Name, Values: completed.Select(experiment => (Value: key.Text(experiment.Config), experiment.Test!.Accuracy)).ToList()))
                .Select(key => new KeyImportance(key.Name, key.Values.DistinctBy(pair => pair.Value).Count(), EtaSquared.Of(key.Values)!.Value))
                .OrderByDescending(key => key.Share),
        ]);
    }
}

/// <param name="Key">As the grid file names it, such as <c>dropout.dense</c>.</param>
/// <param name="Values">
/// How many different ones the experiments have, to lack one being one, from 2; where each experiment has its own, the share is 1 and says nothing of the key.
/// </param>
/// <param name="Share">0 to 1: <see cref="EtaSquared"/> of the test accuracies, grouped by the key's value.</param>
public sealed record KeyImportance(string Key, int Values, double Share);
