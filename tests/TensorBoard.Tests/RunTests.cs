using Experiments.Pictures;
using SkiaSharp;

namespace Experiments.TensorBoard.Tests;

/// <summary>What TensorBoard finds of an experiment.</summary>
public sealed class RunTests : IDisposable
{
    private readonly ExportedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryEpochIsAPointOfEachScalar()
    {
        var experiment = Some.Experiment(epochs: 3) with { Config = new ExperimentConfig { Split = new SplitConfig { Validation = 0.25 } } };
        _folder.Export(Some.Grid(trainImages: 6000), Some.Run(experiment));
        var run = _folder.Read("baseline");

        foreach (var (tag, value) in ((string, Func<EpochMetrics, double>)[])[
            ("loss/train", epoch => epoch.TrainLoss), ("loss/validation", epoch => epoch.ValidationLoss),
            ("accuracy/train", epoch => epoch.TrainAccuracy), ("accuracy/validation", epoch => epoch.ValidationAccuracy),
            ("speed/epoch_seconds", epoch => epoch.Seconds), ("speed/images_per_second", epoch => 4500 / epoch.Seconds)])
        {
            Assert.Equal(experiment.History.Select(epoch => (epoch.Epoch, (float)value(epoch))), run.Scalars(tag).Select(point => (point.Step, point.Value)));
        }
    }

    [Fact]
    public void AnAttemptDatesItsEpochs()
    {
        _folder.Export(Some.Run(Some.Experiment(epochs: 3), Some.Attempt(lease: 1, from: 100, to: null, before: 0, after: 3)));
        var run = _folder.Read("baseline");

        Assert.Equal(Some.SubmittedAt.AddSeconds(100), run.Start);
        Assert.Equal([111, 123, 136], Seconds(run.Scalars("loss/train")));
    }

    [Fact]
    public void EpochsOfALaterAttemptFollowItsBeginning()
    {
        _folder.Export(Some.Run(
            Some.Experiment(epochs: 3),
            Some.Attempt(lease: 1, from: 100, to: 150, before: 0, after: 1, AttemptOutcome.SiloStopped),
            Some.Attempt(lease: 2, from: 200, to: 205, before: 1, after: 1, AttemptOutcome.SiloLost),
            Some.Attempt(lease: 3, from: 300, to: 320, before: 1, after: 3, AttemptOutcome.Paused)));

        // The second of the last attempt's two would end at 325, when the attempt had ended.
        Assert.Equal([111, 312, 320], Seconds(_folder.Read("baseline").Scalars("loss/validation")));
    }

    [Fact]
    public void EpochsOfTheAttemptThatCompletedShareItsTime()
    {
        _folder.Export(Some.Run(
            Some.Experiment(epochs: 3),
            Some.Attempt(lease: 1, from: 100, to: 130, before: 0, after: 1, AttemptOutcome.SiloStopped),
            Some.Attempt(lease: 2, from: 200, to: 250, before: 1, after: 3, AttemptOutcome.Completed)));

        // Twelve and thirteen seconds of training in fifty.
        Assert.Equal([111, 224, 250], Seconds(_folder.Read("baseline").Scalars("loss/train")));
    }

    [Fact]
    public void EpochsOfForgottenAttemptsFollowTheSubmission()
    {
        _folder.Export(Some.Run(Some.Experiment(epochs: 3), Some.Attempt(lease: 60, from: 500, to: null, before: 2, after: 3)));
        var run = _folder.Read("baseline");

        Assert.Equal(Some.SubmittedAt, run.Start);
        Assert.Equal([11, 23, 513], Seconds(run.Scalars("loss/train")));
    }

    [Fact]
    public void NoEpochIsBeforeTheOneThatGoesBeforeItThoughAClockWasSetBack()
    {
        _folder.Export(Some.Run(
            Some.Experiment(epochs: 3), Some.Attempt(lease: 1, from: 100, to: 130, before: 0, after: 2), Some.Attempt(lease: 2, from: 50, to: 70, before: 2, after: 3)));

        Assert.Equal([111, 123, 123], Seconds(_folder.Read("baseline").Scalars("loss/train")));
    }

    [Fact]
    public void TheTestResultIsOfTheLastEpochAndTheBestOfItsOwn()
    {
        _folder.Export(new ExperimentRun(Some.Completed(), [Some.Attempt(lease: 1, from: 100, to: 140, before: 0, after: 3)], Some.SubmittedAt.AddSeconds(140)));
        var run = _folder.Read("baseline");

        foreach (var (tag, step, value) in ((string, int, double)[])[
            ("loss/test", 3, 0.3), ("accuracy/test", 3, 0.9), ("best/validation_loss", 1, 0.7), ("best/test_accuracy", 1, 0.85)])
        {
            Assert.Equal((step, Some.SubmittedAt.AddSeconds(140), (float)value), Assert.Single(run.Scalars(tag)));
        }
    }

    [Fact]
    public void TheConfusionMatrixIsAPictureOfItsSize()
    {
        var experiment = Some.Completed("a");
        _folder.Export(Some.Run(experiment));
        var (step, width, height, png) = _folder.Read("a").Picture("test/confusion_matrix");

        Assert.Equal(3, step);
        Assert.Equal(ConfusionPicture.Png("a", experiment.ConfusionMatrix!.Value, Some.Classes), png);
        using var bitmap = SKBitmap.Decode(png);
        Assert.Equal((bitmap.Width, bitmap.Height), (width, height));
    }

    [Fact]
    public void AnUnfinishedExperimentHasTheHistoryItHas()
    {
        _folder.Export(Some.Run(Some.Experiment("trains", epochs: 2)), Some.Run(Some.Experiment("waits", epochs: 0, ExperimentStatus.Pending)));

        Assert.Equal(2, _folder.Read("trains").Scalars("accuracy/validation").Count);
        Assert.Equal((1, 0.75f), _folder.Read("trains").Scalars("best/validation_loss").Select(point => (point.Step, point.Value)).Single());
        Assert.DoesNotContain(_folder.Read("trains").AllTags, tag => tag.Contains("test", StringComparison.Ordinal));
        Assert.Equal(["_hparams_/session_start_info", "_hparams_/session_end_info"], _folder.Read("waits").AllTags);
    }

    [Fact]
    public void ALossThatIsNoNumberStaysOne()
    {
        _folder.Export(Some.Run(Some.Experiment(epochs: 0) with { History = [new EpochMetrics(1, double.NaN, 0.1, double.PositiveInfinity, 0.1, 1)] }));

        Assert.True(float.IsNaN(Assert.Single(_folder.Read("baseline").Scalars("loss/train")).Value));
        Assert.True(float.IsPositiveInfinity(Assert.Single(_folder.Read("baseline").Scalars("loss/validation")).Value));
    }

    private static IEnumerable<int> Seconds(IEnumerable<(int Step, DateTimeOffset Time, float Value)> points) =>
        points.Select(point => (int)Math.Round((point.Time - Some.SubmittedAt).TotalSeconds));
}
