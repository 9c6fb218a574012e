using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>Every key that holds a single value, with its range; defaults are those of the records.</summary>
internal static class Settings
{
    /// <summary>What an experiment computes, in the order of the grid file.</summary>
    public static ImmutableArray<Setting<ExperimentConfig>> OfExperiment { get; } =
    [
        Setting.Real<ExperimentConfig>("split.validation", "a share above 0 and below 1", value => value is > 0 and < 1,
            (config, value) => config with { Split = config.Split with { Validation = value } }),
        Setting.Whole<ExperimentConfig>("split.seed", 0, uint.MaxValue,
            (config, value) => config with { Split = config.Split with { Seed = (uint)value } }),
        .. TrainingSettings.All,
        Rate("dropout", (_, rate) => new() { Conv1 = rate, Conv2 = rate, Conv3 = rate, Dense = rate })
            with { Sets = ["dropout.conv1", "dropout.conv2", "dropout.conv3", "dropout.dense"] },
        Rate("dropout.conv1", (dropout, rate) => dropout with { Conv1 = rate }),
        Rate("dropout.conv2", (dropout, rate) => dropout with { Conv2 = rate }),
        Rate("dropout.conv3", (dropout, rate) => dropout with { Conv3 = rate }),
        Rate("dropout.dense", (dropout, rate) => dropout with { Dense = rate }),
    ];

    /// <summary>How the grid's experiments are scheduled.</summary>
    public static ImmutableArray<Setting<GridDefinition>> OfGrid { get; } =
    [
        Setting.Whole<GridDefinition>("priority", -100, 100, (grid, value) => grid with { Priority = (int)value }),
        Setting.Whole<GridDefinition>("maxParallel", 1, int.MaxValue, (grid, value) => grid with { MaxParallel = (int)value }, "a whole number from 1"),
        Setting.Whole<GridDefinition>("maxAttempts", 1, 100, (grid, value) => grid with { MaxAttempts = (int)value }),
    ];

    private static Setting<ExperimentConfig> Rate(string key, Func<DropoutRates, double, DropoutRates> set) =>
        Setting.Real<ExperimentConfig>(key, "a rate of at least 0 and below 1", value => value is >= 0 and < 1,
            (config, value) => config with { Dropout = set(config.Dropout, value) });
}
