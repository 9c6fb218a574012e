using Experiments.TensorBoard.EventFiles;
using Google.Protobuf.WellKnownTypes;
using Tensorboard;

namespace Experiments.TensorBoard.HyperParameters;

/// <summary>What the HParams tab shows of a run beside its metrics.</summary>
internal static class SessionSummaries
{
    private const string StartTag = "_hparams_/session_start_info", EndTag = "_hparams_/session_end_info";

    /// <summary>Every key that the configuration has, as the grid file names it, those of the built-in model's layers too, which other runs may have changed; a seed beyond 2⁵³ is the nearest number.</summary>
    public static Summary.Types.Value Start(ExperimentConfig config, DateTimeOffset start)
    {
        var session = new SessionStartInfo { StartTimeSecs = start.ToUnixSeconds() };
        foreach (var key in ConfigKey.Of([config with { Model = config.Model ?? ModelConfig.BuiltIn }]))
        {
            if (key.Text(config) is { } text)
            {
                session.Hparams.Add(key.Name, key.Number(config) is { } number ? Value.ForNumber(number) : Value.ForString(text));
            }
        }

        return HParamsSummary.Of(StartTag, new HParamsPluginData { SessionStartInfo = session });
    }

    /// <param name="endedAt">Null while it has not ended.</param>
    public static Summary.Types.Value End(ExperimentStatus status, DateTimeOffset? endedAt) => HParamsSummary.Of(EndTag, new HParamsPluginData
    {
        SessionEndInfo = new SessionEndInfo { Status = Of(status), EndTimeSecs = endedAt?.ToUnixSeconds() ?? 0 },
    });

    /// <summary>TensorBoard has no word for what waits, or was cancelled.</summary>
    private static Status Of(ExperimentStatus status) => status switch
    {
        ExperimentStatus.Completed => Status.Success,
        ExperimentStatus.Failed => Status.Failure,
        ExperimentStatus.Running => Status.Running,
        _ => Status.Unknown,
    };
}
