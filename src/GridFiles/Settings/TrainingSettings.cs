using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>Every key under <c>training</c>, with its range; defaults are those of the records.</summary>
internal static class TrainingSettings
{
    private const string Share = "a share of at least 0 and below 1";

    /// <summary>In the order of the grid file; a short form stands before what it is short for.</summary>
    public static ImmutableArray<Setting<ExperimentConfig>> All { get; } =
    [
        Whole("epochs", 1, 100_000, (training, value) => training with { Epochs = value }),
        Whole("batchSize", 1, int.MaxValue, (training, value) => training with { BatchSize = value }, "a whole number from 1 to the number of training examples"),
        Real("learningRate", "a finite number above 0", value => value > 0 && double.IsFinite(value), (training, value) => training with { LearningRate = value }),
        Setting.Whole<ExperimentConfig>("training.seed", 0, long.MaxValue, (config, value) => config with { Training = config.Training with { Seed = value } }),
        OneOf<Optimizer>("optimizer", (training, value) => training with { Optimizer = value }),
        Real("momentum", Share, IsShare, (training, value) => training with { Momentum = value }),
        Real("weightDecay", "a finite number from 0", value => value >= 0 && double.IsFinite(value), (training, value) => training with { WeightDecay = value }),
        Real("labelSmoothing", Share, IsShare, (training, value) => training with { LabelSmoothing = value }),
        Kind("schedule") with { Sets = ["training.schedule.kind"] },
        Kind("schedule.kind"),
        Whole("schedule.warmup", 0, 100_000, (training, value) => training with { Schedule = training.Schedule with { Warmup = value } }),
        Whole("schedule.every", 1, 100_000, (training, value) => training with { Schedule = training.Schedule with { Every = value } }),
        Real("schedule.factor", "a number above 0, at most 1", value => value is > 0 and <= 1, (training, value) => training with { Schedule = training.Schedule with { Factor = value } }),
        Patience("earlyStopping") with { Sets = ["training.earlyStopping.patience"] },
        Patience("earlyStopping.patience"),
        OneOf<MonitoredMetric>("earlyStopping.monitor", (training, value) => training with { EarlyStopping = training.EarlyStopping with { Monitor = value } }),
        TrueOrFalse("earlyStopping.restoreBest", (training, value) => training with { EarlyStopping = training.EarlyStopping with { RestoreBest = value } }),
        Whole("augmentation.shift", 0, 255, (training, value) => training with { Augmentation = training.Augmentation with { Shift = value } }),
        TrueOrFalse("augmentation.flip", (training, value) => training with { Augmentation = training.Augmentation with { Flip = value } }),
    ];

    private static bool IsShare(double value) => value is >= 0 and < 1;

    private static Setting<ExperimentConfig> Kind(string key) =>
        OneOf<LearningRateDecay>(key, (training, value) => training with { Schedule = training.Schedule with { Kind = value } });

    private static Setting<ExperimentConfig> Patience(string key) =>
        Whole(key, 0, 100_000, (training, value) => training with { EarlyStopping = training.EarlyStopping with { Patience = value } });

    private static Setting<ExperimentConfig> Whole(string key, int least, int most, Func<TrainingConfig, int, TrainingConfig> set, string? wanted = null) =>
        Setting.Whole<ExperimentConfig>($"training.{key}", least, most, (config, value) => config with { Training = set(config.Training, (int)value) }, wanted);

    private static Setting<ExperimentConfig> Real(string key, string wanted, Func<double, bool> isAllowed, Func<TrainingConfig, double, TrainingConfig> set) =>
        Setting.Real<ExperimentConfig>($"training.{key}", wanted, isAllowed, (config, value) => config with { Training = set(config.Training, value) });

    private static Setting<ExperimentConfig> OneOf<TMember>(string key, Func<TrainingConfig, TMember, TrainingConfig> set)
        where TMember : struct, Enum =>
        Setting.OneOf<ExperimentConfig, TMember>($"training.{key}", (config, value) => config with { Training = set(config.Training, value) });

    private static Setting<ExperimentConfig> TrueOrFalse(string key, Func<TrainingConfig, bool, TrainingConfig> set) =>
        Setting.TrueOrFalse<ExperimentConfig>($"training.{key}", (config, value) => config with { Training = set(config.Training, value) });
}
