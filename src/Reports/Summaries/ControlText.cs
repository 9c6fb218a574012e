namespace Experiments.Reports;

/// <summary>What came of a verb, in words.</summary>
public static class ControlText
{
    /// <summary>As the user types it.</summary>
    public static string Name(ControlVerb verb) => verb.ToString().ToLowerInvariant();

    /// <summary>In the middle of a sentence.</summary>
    public static string Of(ExperimentStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>Whether what the verb applies to trains again.</summary>
    public static bool GoesOn(ControlVerb verb) => verb is ControlVerb.Resume or ControlVerb.Retry;

    public static string Of(ControlVerb verb, string grid, ControlResult result)
    {
        string skipped = result.Skipped == 0 ? "" : $"; {Count(result.Skipped)} left as {(result.Skipped == 1 ? "it was" : "they were")}";
        return result.Changed == 0
            ? $"Grid {grid}: nothing to {Name(verb)}{skipped}."
            : $"Grid {grid}: {Count(result.Changed)} {Done(verb)}{skipped}.";
    }

    /// <summary>Why a verb does not apply to an experiment, and what does.</summary>
    public static string Refusal(ControlVerb verb, string experiment, ExperimentStatus status)
    {
        string[] allowed =
        [
            .. ControlVerbs.All.Where(other => other.Applied(status) is not null).Select(Name),
            .. status.IsFinal() ? ["delete of its grid"] : Array.Empty<string>(),
        ];
        var applies = Enum.GetValues<ExperimentStatus>().Where(other => verb.Applied(other) is not null).Select(Of);
        return $"Experiment '{experiment}' is {Of(status)}: '{Name(verb)}' is for one that is {string.Join(" or ", applies)}. Of this one is allowed: {string.Join(", ", allowed)}.";
    }

    private static string Done(ControlVerb verb) => verb switch
    {
        ControlVerb.Cancel => "cancelled",
        ControlVerb.Pause => "paused",
        ControlVerb.Resume => "resumed",
        _ => "to be tried again",
    };

    private static string Count(int experiments) => Figures.Count(experiments, "experiment");
}
