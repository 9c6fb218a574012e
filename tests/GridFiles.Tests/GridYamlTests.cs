using System.Globalization;
using Xunit;

namespace Experiments.GridFiles.Tests;

/// <summary>Grids written as files that come to the same.</summary>
public sealed class GridYamlTests
{
    private const string Sha256 = "0f343b0931126a20f133d67c2b018a3b2d1e5f5f0b2a5d3c6f4e1a9b8c7d6e5f";

    private static readonly string[] Models =
    [
        "  model: fashion-cnn", "  model: { conv2: { filters: 2 }, conv3: { kernel: 2 } }",
        "  model: [conv2d: { filters: 3 }, conv2d: { filters: 2 }, batchNorm2d, flatten, dense: { units: 4 }, dropout: 0.5, dense]",
    ];

    private static readonly string[] Keys =
    [
        "split.validation", "split.seed", "training.epochs", "training.batchSize", "training.learningRate", "training.seed",
        "dropout", "dropout.conv1", "dropout.conv2", "dropout.conv3", "dropout.dense",
        "training.optimizer", "training.momentum", "training.schedule", "training.schedule.kind", "training.schedule.every", "training.augmentation.flip",
        "model.conv2.filters", "model.dense1.activation",
    ];

    [Fact]
    public void TheDesignsGridIsWrittenAsPeopleWould() => Assert.Equal(
        """
        name: fashion-mnist-dropout
        dataset: fashion-mnist
        experiments:
          - name: baseline
          - name: dropout
            dropout: { conv1: 0.25, conv2: 0.25, conv3: 0.4 }
            matrix: { dropout.dense: [0.1, 0.3, 0.5] }
        matrix: { training.seed: [1, 2, 3] }

        """,
        GridYaml.Of(Some.Definition("""
            name: fashion-mnist-dropout
            dataset: fashion-mnist
            experiments:
              - name: baseline
              - name: dropout
                dropout: { conv1: 0.25, conv2: 0.25, conv3: 0.4, dense: 0.3 }
                matrix: { dropout.dense: [0.1, 0.3, 0.5] }
            matrix: { training.seed: [1, 2, 3] }
            """)));

    [Theory]
    [InlineData("matrix: { training.seed: [1, 2], training.batchSize: [32, 64] }")]
    [InlineData("matrix: { split.seed: [7, 8], training.seed: [1, 2] }")]
    [InlineData("matrix: { split.validation: [0.1, 0.5], dropout: [0, 0.3], training.learningRate: [1e-5, 1e20] }")]
    [InlineData("split: { validation: 0.1, seed: 4294967295 }\npriority: -100\nmaxParallel: 7\nmaxAttempts: 100")]
    [InlineData("training: { seed: 9223372036854775807, epochs: 3 }")]
    [InlineData("training: { optimizer: sgd, momentum: 0.9, weightDecay: 1e-4, labelSmoothing: 0.1, schedule: { kind: step, every: 5 }, earlyStopping: { patience: 3, restoreBest: true }, augmentation: { shift: 2, flip: true } }")]
    [InlineData("training: { momentum: 0.9, schedule: { every: 5 } }\nmatrix: { training.optimizer: [adam, sgd], training.schedule: [constant, step, cosine], training.seed: [1, 2] }")]
    [InlineData("model: { conv2: { filters: 96, activation: gelu }, dense1: { units: 64 } }\nmatrix: { model.conv2.filters: [96, 64], model.conv1.kernel: [3, 5], training.seed: [1, 2] }")]
    [InlineData("matrix: { model.conv2.filters: [64, 96], dropout: [0, 0.5] }")]
    [InlineData("model:\n  - conv2d: { filters: 8, padding: same, name: stem }\n  - batchNorm2d\n  - maxPool2d: 3\n  - dropout: 0.25\n  - flatten\n  - dense\nmatrix: { model.stem.filters: [8, 16], model.dropout1.rate: [0, 0.25], model.batchNorm1.momentum: [0.1, 0.2] }")]
    [InlineData("matrix: { training.earlyStopping: [0, 5], training.earlyStopping.monitor: [validationLoss, validationAccuracy], training.augmentation.flip: [true, false] }")]
    public void WhatTheGridSaysComesOutTheSame(string more) => AssertSame(Some.Definition(Some.Grid(more)));

    [Theory]
    [InlineData("- name: first\n- { name: second, training: { seed: 2 } }\n- { name: other, training: { seed: 3, epochs: 4 } }")]
    [InlineData("- { name: a, matrix: { split.validation: [0.3, 0.4] } }\n- name: b")]
    [InlineData("- { name: a, model: [flatten, dense: { units: 10, name: out }] }\n- { name: b, dropout: 0.2 }\n- { name: c, model: { conv1: { filters: 16 } }, dropout: 0.2, matrix: { model.conv3.filters: [64, 128] } }")]
    [InlineData("- { name: a, dropout: 0.3 }\n- { name: b, dropout: { dense: 0.3 } }\n- { name: \"null\" }\n- { name: \"1.50\", training: { seed: 4 } }")]
    [InlineData("- { name: a, matrix: { dropout.dense: [0.1, 0.2], training.seed: [1, 2] } }\n- { name: a-dense=0.3, dropout: { dense: 0.3 } }")]
    public void WhatExperimentsSayComesOutTheSame(string experiments) => AssertSame(Some.Definition(Some.Experiments(experiments)));

    [Fact]
    public void AnyGridComesOutTheSame()
    {
        int written = 0;
        for (int seed = 1; seed <= 2_000; seed++)
        {
            var random = new Random(seed);
            string yaml = RandomGrid(random);
            GridDefinition grid;
            try
            {
                grid = Some.Definition(yaml);
            }
            catch (GridFileException)
            {
                // A key twice, or names that two experiments share.
                continue;
            }

            written++;
            string again = GridYaml.Of(grid);
            Assert.True(Some.Json(grid) == Some.Json(Some.Definition(again)), string.Create(CultureInfo.InvariantCulture, $"seed {seed}:\n{yaml}\nbecame\n{again}"));
        }

        Assert.True(written > 500, string.Create(CultureInfo.InvariantCulture, $"only {written} grids were any"));
    }

    [Fact]
    public void TenThousandExperimentsAreAFewLines()
    {
        string seeds = string.Join(", ", Enumerable.Range(1, 100)), rates = string.Join(", ", Enumerable.Range(0, 100).Select(rate => (rate / 100.0).ToString(CultureInfo.InvariantCulture)));
        GridDefinition grid = Some.Definition(Some.Grid($"matrix: {{ dropout: [{rates}], training.seed: [{seeds}] }}"));

        Assert.Equal(5, GridYaml.Of(grid).TrimEnd().Split('\n').Length);
        AssertSame(grid);
    }

    [Fact]
    public void ExperimentsThatJoinedLaterKeepTheirNamesAndVariants()
    {
        GridDefinition first = Some.Definition(Some.Grid("matrix: { training.seed: [1, 2] }"));
        GridDefinition later = Some.Definition(Some.Experiments("- { name: a, matrix: { training.seed: [1, 2, 3] } }\n- name: b\n  dropout: 0.5"));

        AssertSame(GridChanges.Plan(first, later).Merged);
    }

    [Fact]
    public void AnExperimentThatHasTheNameOfAMatrixKeepsIt()
    {
        GridDefinition first = Some.Definition(Some.Grid("matrix: { training.seed: [1, 2] }"));
        GridDefinition merged = GridChanges.Plan(first, Some.Definition(Some.Grid())).Merged;

        GridDefinition again = Some.Definition(GridYaml.Of(merged));

        Assert.Equal(merged.Experiments.Select(experiment => (experiment.Name, experiment.Config)), again.Experiments.Select(experiment => (experiment.Name, experiment.Config)));
    }

    [Fact]
    public void AnExperimentThatJoinedWithAnotherSplitHasThatSplit()
    {
        GridDefinition merged = GridChanges.Plan(Some.Definition(Some.Grid()), Some.Definition(Some.Experiments("- { name: b, dropout: 0.1 }", "split: { seed: 5 }"))).Merged;

        Assert.Equal(
            merged.Experiments.Select(experiment => experiment.Config),
            Some.Definition(GridYaml.Of(merged)).Experiments.Select(experiment => experiment.Config));
    }

    [Fact]
    public void StoredDataAreNamedByTheirContent()
    {
        var dataset = new DatasetReference
        {
            Name = "kuzushiji",
            Sha256 = Sha256,
            IsStored = true,
            Files = new DatasetFiles
            {
                Classes = ["o", "T-shirt/top", "null", "1", "a: b", "quote \" and \\", "[x]", "#", "服 👕", "no\u200Bwidth", "- a", "  spaces  ", "yes,no"],
                Train = new ImageFiles(),
                Test = new ImageFiles(),
                ImageSize = new ImageSize(28, 30),
            },
        };
        GridDefinition grid = Some.Definition(Some.Grid()) with { Dataset = dataset };

        Assert.Equal(Some.Json(grid), Some.Json(Elsewhere(GridYaml.Of(grid))));
        Assert.Equal(
            Some.Json(grid with { Dataset = dataset with { Name = DatasetReference.FashionMnist, Files = null } }),
            Some.Json(Elsewhere(GridYaml.Of(grid with { Dataset = dataset with { Name = DatasetReference.FashionMnist, Files = null } }))));
    }

    [Fact]
    public void DataInFilesAreNamedByThem()
    {
        string folder = Directory.CreateTempSubdirectory("experiments-").FullName;
        try
        {
            foreach (string file in (string[])["train #1.csv", "i.gz", "l.gz"]) File.WriteAllText(Path.Combine(folder, file), "");
            GridDefinition grid = Some.Definition(Some.Grid()) with
            {
                Dataset = new DatasetReference
                {
                    Name = "mine",
                    Files = new DatasetFiles
                    {
                        Classes = ["a", "b"],
                        Train = new ImageFiles { Csv = Path.Combine(folder, "train #1.csv") },
                        Test = new ImageFiles { Images = Path.Combine(folder, "i.gz"), Labels = Path.Combine(folder, "l.gz") },
                    },
                },
            };

            AssertSame(grid);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertSame(GridDefinition grid) => Assert.Equal(Some.Json(grid), Some.Json(Some.Definition(GridYaml.Of(grid))));

    private static GridDefinition Elsewhere(string yaml) => GridFile.Parse(yaml, "grid.yaml", folder: null, []).Definition;

    /// <summary>One that may have any key anywhere; some of them are none.</summary>
    private static string RandomGrid(Random random)
    {
        string[] names = ["a", "b", "a-seed=1", "a-dense=0.1", "c-"];
        var experiments = Enumerable.Range(0, random.Next(1, 5)).Select(index => string.Join('\n', (string[])
        [
            $"- name: {names[index]}",
            .. Sometimes(random, $"  training: {{ seed: {random.Next(1, 4)}{(random.Next(3) == 0 ? ", optimizer: sgd, schedule: step" : "")} }}"),
            .. Sometimes(random, Models[random.Next(Models.Length)]),
            .. Sometimes(random, random.Next(2) == 0 ? $"  dropout: 0.{random.Next(1, 3)}" : $"  dropout: {{ dense: 0.{random.Next(1, 3)}, conv1: 0.{random.Next(1, 3)} }}"),
            .. Sometimes(random, $"  matrix: {Matrix(random)}"),
        ]));
        return Some.Experiments(string.Join('\n', experiments), string.Join('\n', (string[])
        [
            .. Sometimes(random, $"split: {{ seed: {random.Next(1, 3)} }}"),
            .. Sometimes(random, $"training: {{ epochs: {random.Next(1, 9)}, batchSize: {random.Next(1, 3)}{(random.Next(3) == 0 ? ", optimizer: sgd, momentum: 0.9, schedule: { warmup: 1 }" : "")} }}"),
            .. Sometimes(random, $"matrix: {Matrix(random)}"),
        ]));
    }

    private static string[] Sometimes(Random random, string line) => random.Next(2) == 0 ? [line] : [];

    private static string Matrix(Random random)
    {
        string[] keys = random.GetItems(Keys, random.Next(1, 4)).Distinct().ToArray();
        return $"{{ {string.Join(", ", keys.Select(key => $"{key}: [{string.Join(", ", Values(random, key))}]"))} }}";
    }

    private static IEnumerable<string> Values(Random random, string key) => key switch
    {
        "training.optimizer" => Members(random, ["adam", "adamw", "sgd"]),
        "training.schedule" or "training.schedule.kind" => Members(random, ["constant", "step", "cosine"]),
        "model.dense1.activation" => Members(random, ["relu", "gelu"]),
        "training.augmentation.flip" => Members(random, ["true", "false"]),
        _ => Numbers(random, key),
    };

    private static IEnumerable<string> Numbers(Random random, string key) => Enumerable.Range(1, random.Next(1, 4))
        .Select(value => string.Create(CultureInfo.InvariantCulture, $"{(key.StartsWith("dropout", StringComparison.Ordinal) || key is "split.validation" or "training.learningRate" or "training.momentum" ? "0." : "")}{value}"));

    private static string[] Members(Random random, string[] words)
    {
        random.Shuffle(words);
        return words[..random.Next(1, words.Length + 1)];
    }
}
