using System.Collections.Immutable;
using Xunit;

namespace Experiments.GridFiles.Tests;

/// <summary>Which keys of configurations are there, differ and are worth a line.</summary>
public sealed class ConfigKeyTests
{
    private const string Own = "[conv2d: { filters: 4, name: stem }, flatten, dense]";

    [Fact]
    public void KeysThatFewUseAreShownWhereTheyAreChanged()
    {
        Assert.Equal(
            ["split.validation", "split.seed", "training.epochs", "training.batchSize", "training.learningRate", "training.seed", "dropout.conv1", "dropout.conv2", "dropout.conv3", "dropout.dense"],
            Shown("- name: a"));
        Assert.Equal(
            ["training.optimizer", "training.augmentation.flip", "model.conv2.filters"],
            Shown("- { name: a, training: { optimizer: adamw, augmentation: { flip: true } }, model: { conv2: { filters: 96 } } }").Except(Shown("- name: a")));
    }

    [Fact]
    public void AListOfLayersIsShownWithWhatIsSaidOfThem() =>
        Assert.Equal(
            ["model stem (conv2d), flatten, dense1", "model.stem.filters 4"],
            Values($"- {{ name: a, model: {Own} }}").Where(value => value.StartsWith("model", StringComparison.Ordinal)));

    [Fact]
    public void ConfigurationsAreEqualWhereAllTheirValuesAre()
    {
        ImmutableArray<ExperimentConfig> configs = Configs($$"""
            - name: a
            - { name: b, model: {{Own}} }
            - { name: c, model: [conv2d: { filters: 5, name: stem }, flatten, dense] }
            - { name: d, model: [conv2d: { filters: 4, name: stem, padding: same }, flatten, dense] }
            - { name: e, model: [batchNorm2d: { name: stem }, flatten, dense] }
            - { name: f, model: [flatten, dense: { units: 10 }] }
            - { name: g, model: [flatten, dense] }
            - { name: h, model: { dense1: { activation: gelu } } }
            - { name: i, training: { earlyStopping: 3 } }
            """);

        Assert.Equal(configs.Length, configs.Select(config => string.Join('\n', ConfigValues.Of(config))).Distinct().Count());
    }

    [Fact]
    public void ValuesOfLayersDifferWhereTheModelsAreOfTheSameLayers()
    {
        string experiments = $"- {{ name: a, model: {Own}, matrix: {{ model.stem.filters: [4, 8] }} }}\n- name: b";

        Assert.Equal(["model", "model.stem.filters"], ConfigKey.Varied(Configs(experiments)).Select(key => key.Name));
        Assert.Equal(["model"], ConfigKey.Varied(Configs($"- {{ name: a, model: {Own} }}\n- name: b")).Select(key => key.Name));
        Assert.Equal(["model.conv1.filters"], ConfigKey.Varied(Configs("- { name: a, matrix: { model.conv1.filters: [32, 64] } }")).Select(key => key.Name));
    }

    [Fact]
    public void AValueOfTheBuiltInModelIsKnownWhereNobodyChangedIt()
    {
        Assert.Equal("64", ConfigKey.Find("MODEL.CONV2.FILTERS")!.Text(new ExperimentConfig()));
        Assert.Equal(64, ConfigKey.Find("model.conv2.filters")!.Number(new ExperimentConfig()));
        Assert.Equal("relu", ConfigKey.Find("model.dense1.activation")!.Text(new ExperimentConfig()));
        Assert.Null(ConfigKey.Find("model.dense2.units")!.Text(new ExperimentConfig()));
        Assert.Null(ConfigKey.Find("model.dropout1.rate")!.Text(new ExperimentConfig()));
        Assert.Null(ConfigKey.Find("model.conv2.colour"));
        Assert.Null(ConfigKey.Find("model.conv2"));
    }

    private static ImmutableArray<ExperimentConfig> Configs(string experiments) => [.. Some.Definition(Some.Experiments(experiments)).Experiments.Select(experiment => experiment.Config)];

    private static string[] Shown(string experiments) => [.. ConfigKey.Shown(Configs(experiments)).Select(key => key.Name)];

    private static string[] Values(string experiments) => [.. ConfigValues.Shown(Configs(experiments)[0]).Select(value => $"{value.Key} {value.Value}")];
}
