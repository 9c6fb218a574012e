using System.Collections.Immutable;
using System.Text.Json;
using Xunit;

namespace Experiments.Reports.Tests;

public sealed class ResultsJsonTests
{
    private static readonly ExperimentSnapshot Completed = Some.Completed("dropout", Some.Predictions(100, image => image % 7 > 0), 0.5, 0.25, 0.3);

    private static readonly string[] UnfinishedMembers =
        ["id", "name", "variant", "status", "error", "attempts", "silo", "config", "parameters", "best", "history"];

    [Fact]
    public void AConfigurationHasTheWordsOfGridFilesAndAModelOfItsOwn()
    {
        var config = new ExperimentConfig
        {
            Training = new TrainingConfig { EarlyStopping = new EarlyStopping { Monitor = MonitoredMetric.ValidationAccuracy } },
            Model = new ModelConfig { Layers = [new FlattenConfig { Name = "flatten" }, new DenseConfig { Name = "dense1", Activation = Activation.LeakyRelu }] },
        };
        var written = Parse(ResultsJson.Write(Completed with { Config = config })).GetProperty("config");

        Assert.Equal("adam", written.GetProperty("training").GetProperty("optimizer").GetString());
        Assert.Equal("validationAccuracy", written.GetProperty("training").GetProperty("earlyStopping").GetProperty("monitor").GetString());
        Assert.Equal(["split", "training", "dropout", "model"], Members(written));
        Assert.Equal(["layer", "name", "units", "activation", "initializer"], Members(written.GetProperty("model").GetProperty("layers")[1]));
        Assert.Equal("leakyRelu", written.GetProperty("model").GetProperty("layers")[1].GetProperty("activation").GetString());
        Assert.Equal("Completed", Parse(ResultsJson.Write(Completed)).GetProperty("status").GetString());
    }

    [Fact]
    public void EveryMemberOfTheDesignIsThereInItsOrder()
    {
        var root = Parse(ResultsJson.Write(Some.Grid(Completed)));
        var experiment = root.GetProperty("experiments")[0];

        Assert.Equal(["schemaVersion", "grid", "experiments"], Members(root));
        Assert.Equal(1, root.GetProperty("schemaVersion").GetInt32());
        Assert.Equal(["id", "name", "status", "submittedAt", "completedAt", "dataset"], Members(root.GetProperty("grid")));
        Assert.Equal(["name", "sha256", "trainImages"], Members(root.GetProperty("grid").GetProperty("dataset")));
        Assert.Equal(
            [.. UnfinishedMembers, "test", "classificationReport", "confusionMatrix", "weightsSha256", "environment"], Members(experiment));
        Assert.Equal(["split", "training", "dropout"], Members(experiment.GetProperty("config")));
        Assert.Equal(
            ["epochs", "batchSize", "learningRate", "seed", "optimizer", "momentum", "weightDecay", "labelSmoothing", "schedule", "earlyStopping", "augmentation"],
            Members(experiment.GetProperty("config").GetProperty("training")));
        Assert.Equal(["epoch", "validationLoss", "validationAccuracy", "testAccuracy"], Members(experiment.GetProperty("best")));
        Assert.Equal(
            ["epoch", "trainLoss", "trainAccuracy", "validationLoss", "validationAccuracy", "seconds"], Members(experiment.GetProperty("history")[0]));
        Assert.Equal(["loss", "accuracy", "correct", "incorrect"], Members(experiment.GetProperty("test")));
        Assert.Equal(["classes", "accuracy", "macroAvg", "weightedAvg"], Members(experiment.GetProperty("classificationReport")));
        Assert.Equal(
            ["label", "name", "precision", "recall", "f1", "support"], Members(experiment.GetProperty("classificationReport").GetProperty("classes")[0]));
        Assert.Equal(
            ["precision", "recall", "f1", "support"], Members(experiment.GetProperty("classificationReport").GetProperty("macroAvg")));
        Assert.Equal(10, experiment.GetProperty("confusionMatrix")[0].GetArrayLength());
        Assert.Equal(["libTorch", "cpuCapability", "threads", "version", "processor"], Members(experiment.GetProperty("environment")));
    }

    [Fact]
    public void AnUnfinishedExperimentHasNoTestReportMatrixAndWeightsAndTheHistoryItHas()
    {
        var running = Some.Pending("dropout") with
        {
            Status = ExperimentStatus.Running,
            History = Some.History(0.5, 0.25),
            Progress = new BatchProgress(3, 1, 375, 0.5, 0.5, 4000),
        };

        var experiment = Parse(ResultsJson.Write(running));

        Assert.Equal(UnfinishedMembers, Members(experiment));
        Assert.Equal(2, experiment.GetProperty("history").GetArrayLength());
        foreach (string unknown in new[] { "error", "silo", "parameters", "best" })
            Assert.Equal(JsonValueKind.Null, experiment.GetProperty(unknown).ValueKind);
    }

    [Fact]
    public void AStatusIsItsNameAndATimeIsUtc()
    {
        var root = Parse(ResultsJson.Write(Some.Grid(Completed)));

        Assert.Equal("Completed", root.GetProperty("grid").GetProperty("status").GetString());
        Assert.Equal("2026-01-01T00:00:00Z", root.GetProperty("grid").GetProperty("submittedAt").GetString());
        Assert.Equal("2026-01-01T00:24:00.25Z", root.GetProperty("grid").GetProperty("completedAt").GetString());
        Assert.Equal("Completed", root.GetProperty("experiments")[0].GetProperty("status").GetString());
    }

    [Fact]
    public void AGridThatIsNotCompletedSaysSoByNull()
    {
        var running = new GridResults(Some.Overview() with { Status = GridStatus.Running, CompletedAt = null }, [Some.Pending("baseline")]);

        Assert.Equal(JsonValueKind.Null, Parse(ResultsJson.Write(running)).GetProperty("grid").GetProperty("completedAt").ValueKind);
    }

    [Fact]
    public void NumbersKeepEveryBitAndWhatIsNoNumberIsNull()
    {
        var diverged = Some.Pending("a") with
        {
            History = [new(1, 1.0 / 3, 0.1 + 0.2, double.NaN, double.PositiveInfinity, 5e-324)],
        };

        var epoch = Parse(ResultsJson.Write(diverged)).GetProperty("history")[0];

        Assert.Equal(1.0 / 3, epoch.GetProperty("trainLoss").GetDouble());
        Assert.Equal(0.1 + 0.2, epoch.GetProperty("trainAccuracy").GetDouble());
        Assert.Equal(5e-324, epoch.GetProperty("seconds").GetDouble());
        Assert.Equal(JsonValueKind.Null, epoch.GetProperty("validationLoss").ValueKind);
        Assert.Equal(JsonValueKind.Null, epoch.GetProperty("validationAccuracy").ValueKind);
    }

    [Fact]
    public void WhatIsWrittenReadsBackAsTheSameExperiment()
    {
        var read = JsonSerializer.Deserialize<ExperimentSnapshot>(ResultsJson.Write(Completed), ResultsJson.Options)!;

        Assert.Equal(ResultsJson.Write(Completed), ResultsJson.Write(read));
        Assert.Equal(Completed.Config, read.Config);
        Assert.Equal(Completed.History.AsEnumerable(), read.History);
    }

    [Fact]
    public void WhereTheUsersFilesLieIsNotPublishedAndAnUnknownChecksumIsLeftOut()
    {
        var files = new DatasetFiles { Classes = ["o", "ki"], Train = new ImageFiles { Csv = "/home/ada/train.csv" }, Test = new ImageFiles { Csv = "/t" } };
        var grid = Some.Overview() with { Dataset = new DatasetReference { Name = "kuzushiji", Files = files } };

        string json = ResultsJson.Write(new GridResults(grid, []));

        Assert.Equal(["name", "trainImages"], Members(Parse(json).GetProperty("grid").GetProperty("dataset")));
        Assert.DoesNotContain("ada", json, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatPeopleWroteIsThereWhereTheyWroteSomething()
    {
        var annotation = new Annotation(["night", "Ω"], "<script>👩‍🔬</script>\nagain");
        var annotated = new GridResults(Some.Overview() with { Annotation = annotation }, [Completed with { Annotation = annotation }, Completed]);

        string json = ResultsJson.Write(annotated);

        var experiments = Parse(json).GetProperty("experiments");
        foreach (var written in new[] { Parse(json).GetProperty("grid").GetProperty("annotation"), experiments[0].GetProperty("annotation") })
        {
            Assert.Equal(["tags", "note"], Members(written));
            Assert.Equal(["night", "Ω"], written.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
            Assert.Equal(annotation.Note, written.GetProperty("note").GetString());
        }

        Assert.False(experiments[1].TryGetProperty("annotation", out _));
        Assert.DoesNotContain("<script>", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LinesOfGridsAndExperimentsHaveAnAnnotationWhereThereIsOne(bool isThere)
    {
        var annotation = isThere ? new Annotation([], "note") : null;
        var row = new ExperimentRow { Id = "a", Name = "a", Variant = "a", Status = ExperimentStatus.Pending, Epochs = 1, Annotation = annotation };

        Assert.Equal(isThere, Parse(JsonSerializer.Serialize(row, ResultsJson.Options)).TryGetProperty("annotation", out _));
        Assert.Equal(isThere, Parse(JsonSerializer.Serialize(Some.Overview() with { Annotation = annotation }, ResultsJson.Options)).TryGetProperty("annotation", out _));
    }

    [Fact]
    public void ClassNamesStayReadableAndAreNeverMarkup()
    {
        var named = Completed with
        {
            ClassificationReport = Completed.ClassificationReport! with { Classes = [new(0, "ゆ<script>", 1, 1, 1, 1)] },
        };

        string json = ResultsJson.Write(named);

        Assert.Contains("ゆ", json, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", json, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', json);
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static ImmutableArray<string> Members(JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];
}
