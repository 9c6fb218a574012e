using System.Collections.Immutable;
using System.Globalization;
using Xunit;

namespace Experiments.GridFiles.Tests;

/// <summary>Matrices, names and variants.</summary>
public sealed class ExpansionTests
{
    private const string Design = """
        name: fashion-mnist-dropout
        dataset: fashion-mnist
        experiments:
          - name: baseline
          - name: dropout
            dropout: { conv1: 0.25, conv2: 0.25, conv3: 0.4, dense: 0.3 }
            matrix: { dropout.dense: [0.1, 0.3, 0.5] }
        matrix: { training.seed: [1, 2, 3] }
        """;

    [Fact]
    public void EveryExperimentIsThereOncePerCombinationTheLastKeyFastest()
    {
        Assert.Equal(
            [
                "baseline-seed=1", "baseline-seed=2", "baseline-seed=3",
                "dropout-dense=0.1-seed=1", "dropout-dense=0.1-seed=2", "dropout-dense=0.1-seed=3",
                "dropout-dense=0.3-seed=1", "dropout-dense=0.3-seed=2", "dropout-dense=0.3-seed=3",
                "dropout-dense=0.5-seed=1", "dropout-dense=0.5-seed=2", "dropout-dense=0.5-seed=3",
            ],
            Some.Names(Design));

        ExperimentConfig last = Some.Definition(Design).Experiments[^1].Config;
        Assert.Equal((3, 0.5, 0.4), (last.Training.Seed, last.Dropout.Dense, last.Dropout.Conv3));
    }

    [Fact]
    public void ExperimentsThatDifferInTheirSeedAloneAreOneVariant() =>
        Assert.Equal(
            ["baseline", "dropout-dense=0.1", "dropout-dense=0.3", "dropout-dense=0.5"],
            Some.Definition(Design).Experiments.Select(experiment => experiment.Variant).Distinct());

    [Fact]
    public void SeedsWrittenOutAreOneVariantToo() =>
        Assert.Equal(
            ["first", "first", "other"],
            Some.Definition(Some.Experiments("""
                - { name: first, training: { seed: 1 } }
                - { name: second, training: { seed: 2 } }
                - { name: other, training: { seed: 3, epochs: 4 } }
                """)).Experiments.Select(experiment => experiment.Variant));

    [Fact]
    public void OfTwoKeysThatReadAlikeTheNamesSayTheWhole()
    {
        Assert.Equal(
            ["a-split.seed=7-training.seed=1", "a-split.seed=8-training.seed=1"],
            Some.Names(Some.Grid("matrix: { split.seed: [7, 8], training.seed: [1] }")));
        Assert.Equal(
            ["a-split.seed=7", "a-split.seed=8"],
            Some.Definition(Some.Grid("matrix: { split.seed: [7, 8], training.seed: [1] }")).Experiments.Select(experiment => experiment.Variant));
    }

    [Fact]
    public void NumbersInNamesAreInTheirShortestForm() =>
        Assert.Equal(
            ["a-learningRate=0.5", "a-learningRate=1E-05", "a-learningRate=1", "a-learningRate=1E+20"],
            Some.Names(Some.Grid("matrix: { training.learningRate: [0.50, 0.00001, 1.0, 1e20] }")));

    [Fact]
    public void AMatrixOfDropoutSetsAllRates()
    {
        GridDefinition grid = Some.Definition(Some.Grid("matrix: { dropout: [0, 0.3] }"));
        Assert.Equal(["a-dropout=0", "a-dropout=0.3"], grid.Experiments.Select(experiment => experiment.Name));
        Assert.Equal(new DropoutRates { Conv1 = 0.3, Conv2 = 0.3, Conv3 = 0.3, Dense = 0.3 }, grid.Experiments[1].Config.Dropout);
    }

    [Fact]
    public void EqualEntriesOfAListAreAFault() =>
        Assert.Equal("grid.yaml:5:32: matrix.dropout.dense: 0.5 is listed twice; keep one.", Some.Fault(Some.Grid("matrix: { dropout.dense: [0.5, 0.50] }")));

    [Fact]
    public void WrongEntriesOfAListAreNamedEach() =>
        Assert.Equal(
            ["grid.yaml:5:29: training.epochs: is a; wanted is a whole number from 1 to 100,000.", "grid.yaml:5:35: training.epochs: is 0; wanted is a whole number from 1 to 100,000."],
            Some.Faults(Some.Grid("matrix: { training.epochs: [a, 3, 0] }")));

    [Fact]
    public void AKeyThatTwoMatricesSetIsAFault()
    {
        Assert.Equal(
            "grid.yaml:5:25: matrix.dropout.dense: the matrix key dropout in line 5 sets it too; keep one.",
            Some.Fault(Some.Grid("matrix: { dropout: [0], dropout.dense: [0.5] }")));
        Assert.Equal(
            "grid.yaml:5:24: matrix.training.seed: the matrix key training.seed in line 3 sets it too; keep one.",
            Some.Fault(Some.Experiments("- { name: a, matrix: { training.seed: [1] } }", "matrix: { training.seed: [1, 2] }")));
    }

    [Fact]
    public void TwoExperimentsOfOneNameAreAFault() =>
        Assert.Equal(
            "grid.yaml:6:9: experiments.name: 'a' is the name of the experiment in line 5 too; give each its own.",
            Some.Fault(Some.Experiments("- name: a\n- name: a")));

    [Fact]
    public void TwoExperimentsThatExpandToOneNameAreAFault() =>
        Assert.Equal(
            "grid.yaml:6:11: experiments.name: 'a-seed=1' comes of the experiment in line 5 too; rename one.",
            Some.Fault(Some.Experiments("- { name: a, matrix: { training.seed: [1] } }\n- { name: a-seed=1 }")));

    [Fact]
    public void AVariantNeverMixesDifferentExperiments() =>
        Assert.Equal(
            "grid.yaml:6:11: experiments.name: 'a-dense=0.1' would also stand for the seeds of the experiment in line 5, which differs in more than its seed; rename one.",
            Some.Fault(Some.Experiments("- { name: a, matrix: { dropout.dense: [0.1], training.seed: [1, 2] } }\n- { name: a-dense=0.1, dropout: 0.9 }")));

    [Fact]
    public void ANameThatGrowsTooLongIsAFault()
    {
        string name = new('x', 94);
        Assert.Equal([name + "-seed=1"], Some.Names(Some.Experiments($"- {{ name: {name[1..]} }}", "matrix: { training.seed: [1] }")).Select(grown => "x" + grown));
        Assert.Equal(
            $"grid.yaml:5:11: experiments.name: '{new string('x', 60)}…' grows to 101 characters with its matrix's values; at most 100 are allowed.",
            Some.Fault(Some.Experiments($"- {{ name: {name} }}", "matrix: { training.seed: [1] }")));
    }

    [Fact]
    public void TenThousandExperimentsAreAGrid()
    {
        GridDefinition grid = Some.Definition(Some.Grid($"matrix: {{ training.seed: {Numbers(1_000)}, training.batchSize: {Numbers(10)} }}"));
        Assert.Equal(10_000, grid.Experiments.Length);
        Assert.Equal("a-seed=1000-batchSize=10", grid.Experiments[^1].Name);
        Assert.Equal(10_000, grid.Experiments.Select(experiment => experiment.Name).Distinct().Count());
    }

    [Fact]
    public void MoreThanAHundredThousandAreRefusedUnexpanded()
    {
        const string refused = "grid.yaml:3:1: experiments: come to {0} with every matrix expanded; at most 100,000 are allowed in a grid.";
        string thousand = Numbers(1_000);
        Assert.Equal(
            string.Format(CultureInfo.InvariantCulture, refused, "1,000,000,000,000"),
            Some.Fault(Some.Grid($"matrix: {{ training.seed: {thousand}, split.seed: {thousand}, training.epochs: {thousand}, training.batchSize: {thousand} }}")));
        Assert.Equal(
            string.Format(CultureInfo.InvariantCulture, refused, "101,000"),
            Some.Fault(Some.Grid($"matrix: {{ training.seed: {thousand}, split.seed: {Numbers(101)} }}")));
    }

    [Fact]
    public void WithoutAMatrixAnExperimentIsItself()
    {
        ExpandedExperiment experiment = Assert.Single(Expansion.Of([Plan("a")]));
        Assert.Equal(new ExperimentDefinition { Name = "a", Variant = "a", Config = new ExperimentConfig() }, experiment.Definition);
        Assert.Null(experiment.PlaceOf("training.epochs"));
    }

    [Fact]
    public void TheCountIsThatOfTheExpansion()
    {
        ImmutableArray<ExperimentPlan> plans = [Plan("a", Epochs(1, 2, 3)), Plan("b"), Plan("c", Epochs(4), Seeds(1, 2))];
        Assert.Equal(6, Expansion.Count(plans));
        Assert.Equal(["a-epochs=1", "a-epochs=2", "a-epochs=3", "b", "c-epochs=4-seed=1", "c-epochs=4-seed=2"], Expansion.Of(plans).Select(experiment => experiment.Definition.Name));
        Assert.Equal(0, Expansion.Count([]));
    }

    private static string Numbers(int count) => $"[{string.Join(", ", Enumerable.Range(1, count))}]";

    private static ExperimentPlan Plan(string name, params ImmutableArray<Axis> matrix) => new(name, Place.WholeFile, [], matrix, []);

    private static Axis Epochs(params int[] values) => Axis("training.epochs", values, (config, value) => config with { Training = config.Training with { Epochs = value } });

    private static Axis Seeds(params int[] values) => Axis("training.seed", values, (config, value) => config with { Training = config.Training with { Seed = value } });

    private static Axis Axis(string key, int[] values, Func<ExperimentConfig, int, ExperimentConfig> set) =>
        new(key, Place.WholeFile, [.. values.Select(value => new Choice(key, value.ToString(CultureInfo.InvariantCulture), Place.WholeFile, config => set(config, value)))]);
}
