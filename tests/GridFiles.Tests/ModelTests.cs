using System.Collections.Immutable;
using Xunit;

namespace Experiments.GridFiles.Tests;

/// <summary>Models: lists of layers, values over one, and what of them is no model.</summary>
public sealed class ModelTests
{
    private const string List = """
        model:
          - conv2d: { filters: 32, kernel: 5, stride: 2, activation: relu, initializer: heNormal }
          - batchNorm2d
          - conv2d: { filters: 16, padding: same, name: second }
          - maxPool2d: 3
          - dropout: 0.25
          - flatten
          - dense: { units: 64, activation: gelu }
          - dense
        """;

    [Fact]
    public void AListOfLayersIsReadWithNamesInTheOrderOfTheirKind() =>
        Assert.Equal<LayerConfig>(
            [
                new Conv2dConfig { Name = "conv1", Filters = 32, Kernel = 5, Stride = 2, Activation = Activation.Relu, Initializer = Initializer.HeNormal },
                new BatchNorm2dConfig { Name = "batchNorm1" },
                new Conv2dConfig { Name = "second", Filters = 16, Padding = Padding.Same },
                new MaxPool2dConfig { Name = "pool1", Size = 3 },
                new DropoutConfig { Name = "dropout1", Rate = 0.25 },
                new FlattenConfig { Name = "flatten" },
                new DenseConfig { Name = "dense1", Units = 64, Activation = Activation.Gelu },
                new DenseConfig { Name = "dense2" },
            ],
            Assert.Single(Some.Definition(Some.Grid(List)).Experiments).Config.Model!.Layers);

    [Fact]
    public void EveryValueOfAConfigurationsLayersIsInTheTable() =>
        Assert.All(LayerKind.All, kind => Assert.Equal(LayerValues.TextsOf(kind.Named("")).Select(value => value.Name), kind.Settings.Select(setting => setting.Key)));

    [Theory]
    [InlineData("model: fashion-cnn")]
    [InlineData("model: { conv2: { filters: 64 }, dense1: { activation: relu } }")]
    [InlineData("""
        model:
          - conv2d: { filters: 32, activation: relu, initializer: heNormal }
          - maxPool2d
          - dropout: 0
          - conv2d: { filters: 64, activation: relu }
          - maxPool2d: { size: 2 }
          - dropout: { rate: 0 }
          - conv2d: { filters: 128, activation: relu }
          - dropout: 0
          - flatten
          - dense: { units: 128, activation: relu }
          - dropout: 0
          - dense
        """)]
    public void TheBuiltInModelResolvesToNone(string model) => Assert.Null(Some.Definition(Some.Grid(model)).Experiments[0].Config.Model);

    [Fact]
    public void ValuesGoOverTheModelThatIsInForce()
    {
        GridDefinition grid = Some.Definition(Some.Experiments("""
            - name: a
            - { name: b, model: { second: { filters: 48 } } }
            - { name: c, model: fashion-cnn, dropout: 0.2 }
            - { name: d, model: [flatten, dense] }
            """, List));
        ImmutableArray<ModelConfig?> models = [.. grid.Experiments.Select(experiment => experiment.Config.Model)];

        Assert.Equal(16, ((Conv2dConfig)models[0]!.Layers[2]).Filters);
        Assert.Equal(48, ((Conv2dConfig)models[1]!.Layers[2]).Filters);
        Assert.Equal(models[0]!.Layers.RemoveAt(2), models[1]!.Layers.RemoveAt(2));
        Assert.Null(models[2]);
        Assert.Equal(2, models[3]!.Layers.Length);
        Assert.Equal([false, false], models[..2].Select(model => model!.IsFashionCnn));
    }

    [Fact]
    public void AnyValueMayBeVariedAndSet()
    {
        GridDefinition grid = Some.Definition(
            Some.Experiments("- name: a\n- { name: b, model: { conv1: { filters: 8 } } }", "matrix: { model.conv2.filters: [64, 96], model.dense1.activation: [relu, gelu] }"), "model.conv1.kernel=5");

        Assert.Equal("a-filters=64-activation=relu", grid.Experiments[0].Name);
        Assert.All(grid.Experiments, experiment => Assert.True(experiment.Config.Model!.IsFashionCnn));
        Assert.All(grid.Experiments, experiment => Assert.Equal(5, ((Conv2dConfig)experiment.Config.Model!.Layers[0]).Kernel));
        Assert.Equal([64, 64, 96, 96, 64, 64, 96, 96], grid.Experiments.Select(experiment => ((Conv2dConfig)experiment.Config.Model!.Layers[3]).Filters));
        Assert.Equal(["a-filters=96"], Some.Names(Some.Grid("matrix: { model.conv2.filters: [64, 128] }"), "model.conv2.filters=96"));
        Assert.Null(Some.Definition(Some.Grid("matrix: { model.conv2.filters: [64, 128] }")).Experiments[0].Config.Model);
    }

    [Fact]
    public void AKeyOfALayerMayBeOfOtherKindsInOtherModels()
    {
        GridDefinition grid = Some.Definition(Some.Experiments(
            "- { name: a, model: [conv2d: { filters: 2, name: x }, flatten, dense] }\n- { name: b, model: [flatten, dense: { name: x, units: 3 }, dense] }",
            "matrix: { model.x.activation: [relu] }"));

        Assert.Equal(Activation.Relu, ((Conv2dConfig)grid.Experiments[0].Config.Model!.Layers[0]).Activation);
        Assert.Equal(Activation.Relu, ((DenseConfig)grid.Experiments[1].Config.Model!.Layers[1]).Activation);
    }

    [Theory]
    [InlineData("resnet", "8: model: is resnet; wanted is fashion-cnn, a list of layers, or a map of layers' values, such as { conv1: { filters: 48 } }.")]
    [InlineData("[]", "8: model: is an empty list; wanted is fashion-cnn, a list of layers, or a map of layers' values, such as { conv1: { filters: 48 } }.")]
    [InlineData("[conv3d]", "9: model.conv3d: unknown layer; did you mean 'conv2d'? Allowed: conv2d, maxPool2d, dropout, batchNorm2d, flatten, dense.")]
    [InlineData("[conv2d, flatten]", "9: model.conv1.filters: is missing; it is required.")]
    [InlineData("[dropout]", "9: model.dropout1.rate: is missing; it is required.")]
    [InlineData("[flatten: 3]", "18: model.flatten: is 3; wanted is a map of name.")]
    [InlineData("[dense: 3]", "16: model.dense1: is 3; wanted is a map of units, activation, initializer, name.")]
    [InlineData("[maxPool2d: 1]", "20: model.pool1.size: is 1; wanted is a whole number from 2 to 15, or a map of size, name.")]
    [InlineData("[dense: { unit: 3 }]", "18: model.dense1.unit: unknown key; did you mean 'units'? Allowed: units, activation, initializer, name.")]
    [InlineData("[dense: { activation: softmax }]", "30: model.dense1.activation: is softmax; wanted is none, relu, leakyRelu, elu, gelu, silu, tanh or sigmoid.")]
    [InlineData("[dense: { name: a.b }]", "24: model.name: is a.b; wanted is a name of 1 to 50 letters, digits and _ -, beginning with a letter.")]
    [InlineData("[flatten, dense: { name: Flatten }]", "18: model.Flatten: is the name of the layer in line 5 too; give each its own.")]
    [InlineData("[{ dense: {}, flatten: {} }]", "9: model: is a map; wanted is a layer: one of conv2d, maxPool2d, dropout, batchNorm2d, flatten, dense, alone or with its values.")]
    [InlineData("{ conv1: 3 }", "17: model.conv1: is 3; wanted is a map of the layer's values.")]
    [InlineData("{ conv9: { filters: 3 } }", "19: model.conv9.filters: there is no such layer in the model; did you mean 'conv1' or 'conv2' or 'conv3'? Its layers: conv1, pool1, conv2, pool2, conv3, flatten, dense1, dense2.")]
    [InlineData("{ conv1: { filter: 3 } }", "19: model.conv1.filter: unknown key; did you mean 'filters'? Allowed: filters, kernel, stride, padding, activation, initializer.")]
    [InlineData("{ dropout3: { rate: 0.5 } }", "22: model.dropout3.rate: the rate of this layer of the built-in model is dropout.conv3; write that.")]
    public void WhatIsNoModelIsToldWhatIsAllowed(string model, string fault) => Assert.Equal($"grid.yaml:5:{fault}", Some.Fault(Some.Grid($"model: {model}")));

    [Fact]
    public void AHundredLayersAreEnough() =>
        Assert.Contains(
            "grid.yaml:5:8: model: has 101 layers; at most 100 are allowed.",
            Some.Faults(Some.Grid($"model: [{string.Join(", ", Enumerable.Repeat("dropout: 0.1", 99))}, flatten, dense]")));

    [Theory]
    [InlineData("matrix: { model: [fashion-cnn] }", "5:11: matrix.model: wanted is model.LAYER.VALUE, such as model.conv1.filters; a model as a whole is no value, so write an experiment for each.")]
    [InlineData("matrix: { model.conv4.filters: [1] }", "5:11: matrix.model.conv4.filters: there is no such layer in the model; did you mean 'conv1' or 'conv2' or 'conv3'? Its layers: conv1, pool1, conv2, pool2, conv3, flatten, dense1, dense2.")]
    [InlineData("matrix: { model.conv1.filters: [0] }", "5:33: model.conv1.filters: is 0; wanted is a whole number from 1 to 4,096.")]
    public void AMatrixVariesValuesThatTheModelHas(string matrix, string fault) => Assert.Equal($"grid.yaml:{fault}", Some.Fault(Some.Grid(matrix)));

    [Fact]
    public void AnOptionIsForTheModelsThatHaveTheLayer()
    {
        string yaml = Some.Experiments("- name: a\n- { name: b, model: [flatten, dense: { name: head }] }");

        Assert.Equal(Initializer.HeUniform, ((DenseConfig)Some.Definition(yaml, "model.head.initializer=heUniform").Experiments[1].Config.Model!.Layers[1]).Initializer);
        Assert.StartsWith(
            "grid.yaml: --set model.conv1.filters=3: model.conv1.filters: there is no such layer in the model. Its layers: flatten, dense1.",
            Some.Fault(Some.Experiments("- { name: b, model: [flatten, dense] }"), "model.conv1.filters=3"), StringComparison.Ordinal);
        Assert.StartsWith("grid.yaml: --set model.hed.units=3: model.hed.units: there is no such layer in the model", Some.Fault(yaml, "model.hed.units=3"), StringComparison.Ordinal);
        Assert.Equal("grid.yaml: --set model.conv1.filters=0: model.conv1.filters: is 0; wanted is a whole number from 1 to 4,096.", Some.Fault(yaml, "model.conv1.filters=0"));
    }

    [Fact]
    public void DropoutIsForTheBuiltInModelAlone()
    {
        Assert.Equal(
            "grid.yaml:13:23: dropout: has no effect on 'a', whose model is a list of layers; write model.dropout1.rate.",
            Some.Fault(Some.Experiments("- { name: a, dropout: 0.3 }", List)));
        Assert.EndsWith(
            "whose model is a list of layers without dropout; add one to it.", Some.Fault(Some.Experiments("- { name: a, model: [flatten, dense], dropout: { dense: 0.3 } }")), StringComparison.Ordinal);
        Assert.Equal(
            new DropoutRates(), Some.Definition(Some.Experiments("- name: a\n- { name: b, model: [flatten, dense] }"), "dropout=0.3").Experiments[1].Config.Dropout);
    }

    [Fact]
    public void ShapesOfTheBuiltInDatasetAreCheckedWhenTheFileIsRead()
    {
        Assert.Equal(
            "grid.yaml:7:5: model.conv1: takes a feature map, but gets a row of values; put it before flatten (experiment 'a', images of 28 × 28 in 10 classes).",
            Some.Fault(Some.Grid("model:\n  - flatten\n  - conv2d: { filters: 3 }\n  - dense")));
        Assert.Equal(
            "grid.yaml:5:22: model.dense1: a model ends with a dense layer without activation that gives one value of each of the 10 classes: leave its units and its activation out "
            + "(experiment 'a', images of 28 × 28 in 10 classes).",
            Some.Fault(Some.Grid("model: [ flatten,    dense: { units: 9 } ]")));
    }

    [Fact]
    public void AnExperimentOfAMatrixMayBeTheOnlyOneThatFails() =>
        Assert.Equal(
            "grid.yaml:5:38: model.conv3: a kernel of 9 × 9 does not fit into a feature map of 5 × 5 (experiment 'a-kernel=9-seed=1', images of 28 × 28 in 10 classes).",
            Some.Fault(Some.Grid("matrix: { model.conv3.kernel: [3, 5, 9], training.seed: [1, 2] }")));

    [Fact]
    public void OtherImagesAreCheckedOnceTheyAreRead()
    {
        GridFile file = Some.Read(Some.Experiments("- name: a\n- { name: b, model: [flatten, dense] }"));

        Assert.Equal(
            "grid.yaml:2:10: model.conv2: a kernel of 3 × 3 does not fit into a feature map of 2 × 2 (experiment 'a', images of 7 × 7 in 2 classes).",
            Assert.Single(Some.Faults(() => file.CheckAgainst(60_000, new ImageSize(7, 7), 2))));
        file.CheckAgainst(60_000, new ImageSize(18, 18), 2);
        Some.Read(Some.Experiments("- { name: b, model: [flatten, dense] }")).CheckAgainst(60_000, new ImageSize(1, 1), 2);
    }

    [Fact]
    public void ImagesMoveByLessThanTheirSize()
    {
        GridFile file = Some.Read(Some.Grid("training: { augmentation: { shift: 20 } }"));

        file.CheckAgainst(60_000, new ImageSize(28, 21), 10);
        Assert.Equal(
            "grid.yaml:5:36: training.augmentation.shift: is 20, but the images are 28 × 20; 0 to 19 is allowed.",
            Assert.Single(Some.Faults(() => file.CheckAgainst(60_000, new ImageSize(28, 20), 10))));
        Assert.Equal("grid.yaml:5:36: training.augmentation.shift: is 28, but the images are 28 × 28; 0 to 27 is allowed.", Some.Fault(Some.Grid("training: { augmentation: { shift: 28 } }")));
    }

    [Fact]
    public void ModelsOfThousandsAndAMatrixOfThousandsAreReadInASecond()
    {
        string experiments = string.Join('\n', Enumerable.Range(1, 5_000).Select(index => $"- {{ name: e{index}, model: {{ conv1: {{ filters: 8 }} }} }}"));
        string yaml = Some.Experiments(experiments, $"matrix: {{ model.conv2.filters: [{string.Join(", ", Enumerable.Range(1, 4_096))}] }}");
        long began = System.Diagnostics.Stopwatch.GetTimestamp();

        Assert.Contains("come to 20,480,000 with every matrix expanded", Some.Fault(yaml), StringComparison.Ordinal);
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(10));
    }
}
