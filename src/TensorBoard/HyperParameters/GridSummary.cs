using Experiments.TensorBoard.EventFiles;
using Experiments.TensorBoard.Runs;
using Tensorboard;

namespace Experiments.TensorBoard.HyperParameters;

/// <summary>What the HParams tab shows of a grid: the keys that its experiments differ in, and the metrics to compare them by.</summary>
internal static class GridSummary
{
    private const string Tag = "_hparams_/experiment";

    private static readonly (string Tag, DatasetType Dataset)[] Metrics =
    [
        (Tags.TestAccuracy, DatasetType.DatasetUnknown), (Tags.TestLoss, DatasetType.DatasetUnknown),
        (Tags.BestTestAccuracy, DatasetType.DatasetUnknown), (Tags.BestValidationLoss, DatasetType.DatasetValidation),
        (Tags.ValidationAccuracy, DatasetType.DatasetValidation), (Tags.ValidationLoss, DatasetType.DatasetValidation),
        (Tags.TrainAccuracy, DatasetType.DatasetTraining), (Tags.TrainLoss, DatasetType.DatasetTraining),
    ];

    /// <param name="configs">At least one.</param>
    public static Summary.Types.Value Of(GridOverview grid, IReadOnlyCollection<ExperimentConfig> configs)
    {
        var varied = ConfigKey.Varied(configs);
        return HParamsSummary.Of(Tag, new HParamsPluginData
        {
            Experiment = new Experiment
            {
                Name = grid.Name,
                TimeCreatedSecs = grid.SubmittedAt.ToUnixSeconds(),
                HparamInfos = { (varied.IsEmpty ? ConfigKey.Shown(configs) : varied).Select(key => Column(key, configs)) },
                MetricInfos = { Metrics.Select(metric => new MetricInfo { Name = new MetricName { Tag = metric.Tag }, DatasetType = metric.Dataset }) },
            },
        });
    }

    private static HParamInfo Column(ConfigKey key, IReadOnlyCollection<ExperimentConfig> configs) => key.IsNumber
        ? new HParamInfo
        {
            Name = key.Name,
            Type = DataType.Float64,
            DomainInterval = new Interval { MinValue = configs.Min(key.Number)!.Value, MaxValue = configs.Max(key.Number)!.Value },
        }
        : new HParamInfo
        {
            Name = key.Name,
            Type = DataType.String,
            DomainDiscrete = new Google.Protobuf.WellKnownTypes.ListValue { Values = { configs.Select(key.Text).OfType<string>().Distinct(StringComparer.Ordinal).Select(Google.Protobuf.WellKnownTypes.Value.ForString) } },
        };
}
