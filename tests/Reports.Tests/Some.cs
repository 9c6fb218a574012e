using System.Collections.Immutable;

namespace Experiments.Reports.Tests;

/// <summary>Results to write reports of; what a test does not name is of no matter to it.</summary>
internal static class Some
{
    public static readonly ImmutableArray<string> ClassNames =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    public static readonly TrainingEnvironment Environment = new("2.10.0", "AVX2", 1, "0.1.0", "AuthenticAMD family 25");

    public static GridResults Grid(params ImmutableArray<ExperimentSnapshot> experiments) => new(Overview(experiments.Length), experiments);

    public static GridOverview Overview(int experiments = 2) => new()
    {
        Id = "g1",
        Name = "fashion-mnist-dropout",
        Status = GridStatus.Completed,
        SubmittedAt = new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.FromHours(1)),
        CompletedAt = new DateTimeOffset(2026, 1, 1, 0, 24, 0, 250, TimeSpan.Zero),
        Dataset = new DatasetReference { Name = "fashion-mnist", Sha256 = "5b4141f0" },
        Experiments = experiments,
        Pending = 0,
        Running = 0,
        Paused = 0,
        Completed = experiments,
        Cancelled = 0,
        Failed = 0,
        EpochsCommitted = 3 * experiments,
        EpochsToTrain = 3 * experiments,
    };

    /// <summary>As it is before it has trained.</summary>
    public static ExperimentRow Row(string name) => new()
    {
        Id = "id-" + name,
        Name = name,
        Variant = name,
        Status = ExperimentStatus.Pending,
        Epochs = 3,
        Seconds = 0,
    };

    public static ExperimentSnapshot Pending(string name, string? variant = null) => new()
    {
        Id = "id-" + name,
        Name = name,
        Variant = variant ?? name,
        Status = ExperimentStatus.Pending,
        Attempts = 0,
        Config = new ExperimentConfig { Training = new TrainingConfig { Epochs = 3 } },
    };

    /// <summary>Completed with a test accuracy, without a report and predictions.</summary>
    public static ExperimentSnapshot Tested(string name, double accuracy, string? variant = null) => Pending(name, variant) with
    {
        Status = ExperimentStatus.Completed,
        Attempts = 1,
        Environment = Environment,
        Test = new TestMetrics(0.5, accuracy, (int)Math.Round(accuracy * 10_000), 10_000 - (int)Math.Round(accuracy * 10_000)),
    };

    /// <summary>Completed, with everything that the predictions and the validation losses tell.</summary>
    public static ExperimentSnapshot Completed(string name, Predictions predictions, params double[] validationLosses)
    {
        var confusion = Confusion(predictions, ClassNames.Length);
        var report = Report(confusion, ClassNames);
        int correct = confusion.Select((row, label) => row[label]).Sum();
        int lowest = Array.IndexOf(validationLosses, validationLosses.Min());
        return Tested(name, report.Accuracy) with
        {
            Silo = "127.0.0.1:11111",
            Parameters = 241_546,
            Best = new BestEpoch(lowest + 1, validationLosses[lowest], 0.75, 0.875),
            History = History(validationLosses),
            Test = new TestMetrics(0.5, report.Accuracy, correct, predictions.Labels.Length - correct),
            ClassificationReport = report,
            ConfusionMatrix = confusion,
            WeightsSha256 = "c59f468a",
        };
    }

    public static ImmutableArray<EpochMetrics> History(params double[] validationLosses) =>
        [.. validationLosses.Select((loss, epoch) => new EpochMetrics(epoch + 1, 0.25, 0.875, loss, 0.75, 9.5))];

    /// <summary>Image i has class i modulo 10; a wrong one is taken for the class after it.</summary>
    public static Predictions Predictions(int images, Func<int, bool> isRight) => new(
        [.. Enumerable.Range(0, images).Select(image => image % 10)],
        [.. Enumerable.Range(0, images).Select(image => (isRight(image) ? image : image + 1) % 10)],
        [.. Enumerable.Repeat(0.5f, images)]);

    public static ClassificationReport Report(ImmutableArray<ImmutableArray<int>> confusion, ImmutableArray<string> names)
    {
        ImmutableArray<ClassMetrics> classes =
        [
            .. names.Select((name, label) =>
            {
                double precision = Ratio(confusion[label][label], confusion.Sum(row => row[label]));
                double recall = Ratio(confusion[label][label], confusion[label].Sum());
                return new ClassMetrics(label, name, precision, recall, Ratio(2 * precision * recall, precision + recall), confusion[label].Sum());
            }),
        ];
        int images = classes.Sum(c => c.Support);
        return new ClassificationReport(
            classes,
            Ratio(confusion.Select((row, label) => row[label]).Sum(), images),
            new AverageMetrics(classes.Average(c => c.Precision), classes.Average(c => c.Recall), classes.Average(c => c.F1), images),
            new AverageMetrics(
                classes.Sum(c => c.Precision * c.Support) / images,
                classes.Sum(c => c.Recall * c.Support) / images,
                classes.Sum(c => c.F1 * c.Support) / images,
                images));
    }

    public static GridComparison Comparison(GridResults results, params (string Name, Predictions Predictions)[] predictions) =>
        Comparisons.Of(results, predictions.ToDictionary(pair => "id-" + pair.Name, pair => Correctness.Of(pair.Predictions)));

    private static ImmutableArray<ImmutableArray<int>> Confusion(Predictions predictions, int classes)
    {
        var pairs = predictions.Labels.Zip(predictions.Predicted).CountBy(pair => pair).ToDictionary();
        return [.. Enumerable.Range(0, classes).Select(label =>
            Enumerable.Range(0, classes).Select(predicted => pairs.GetValueOrDefault((label, predicted))).ToImmutableArray())];
    }

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
}
