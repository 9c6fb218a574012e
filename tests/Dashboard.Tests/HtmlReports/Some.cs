using System.Collections.Immutable;
using System.Globalization;
using Experiments.Reports;

namespace Experiments.Dashboard.Tests.HtmlReports;

/// <summary>Results to write reports of.</summary>
internal static class Some
{
    public static readonly ImmutableArray<string> Classes = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>Dropout rates 0, 0.25, … with three seeds each, trained for 50 epochs.</summary>
    public static GridResults Grid(int rates = 4) => Grid(
        [.. Enumerable.Range(0, rates).SelectMany(rate => Enumerable.Range(1, 3).Select(seed => Trained(rate / 4.0, seed)))]);

    public static GridResults Grid(ImmutableArray<ExperimentSnapshot> experiments) => new(
        new GridOverview
        {
            Id = "g1",
            Name = "dropout-sweep",
            Status = GridStatus.Completed,
            SubmittedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            CompletedAt = new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.Zero),
            Dataset = new DatasetReference { Name = "fashion-mnist", Sha256 = "5b4141f0" },
            Experiments = experiments.Length,
            Pending = 0,
            Running = 0,
            Paused = 0,
            Completed = experiments.Length,
            Cancelled = 0,
            Failed = 0,
            EpochsCommitted = 0,
            EpochsToTrain = 0,
        },
        experiments);

    public static GridComparison Comparison(GridResults results) => Comparisons.Of(results, ImmutableDictionary<string, Correctness>.Empty);

    public static ExperimentSnapshot Failed(string name, string error) => new()
    {
        Id = "id-" + name,
        Name = name,
        Variant = name,
        Status = ExperimentStatus.Failed,
        Error = error,
        Attempts = 1,
        Config = new ExperimentConfig(),
    };

    private static ExperimentSnapshot Trained(double rate, int seed)
    {
        string variant = string.Create(CultureInfo.InvariantCulture, $"dropout={rate}"), name = string.Create(CultureInfo.InvariantCulture, $"{variant}-seed={seed}");
        var history = Charts.Some.History(50, rate, seed);
        var confusion = Confusion(rate, seed);
        var report = Report(confusion);
        var best = history.MinBy(epoch => epoch.ValidationLoss)!;
        int images = confusion.Sum(row => row.Sum()), correct = confusion.Select((row, label) => row[label]).Sum();
        return Failed(name, "") with
        {
            Variant = variant,
            Status = ExperimentStatus.Completed,
            Error = null,
            Config = new ExperimentConfig { Training = new TrainingConfig { Seed = seed }, Dropout = new DropoutRates { Conv1 = rate, Conv2 = rate, Conv3 = rate, Dense = rate } },
            Parameters = 241_546,
            History = history,
            Best = new BestEpoch(best.Epoch, best.ValidationLoss, best.ValidationAccuracy, report.Accuracy),
            Test = new TestMetrics(0.3 - (rate / 20), report.Accuracy, correct, images - correct),
            ClassificationReport = report,
            ConfusionMatrix = confusion,
            WeightsSha256 = new string('a', 64),
            Environment = new TrainingEnvironment("2.10.0", "AVX2", 1, "0.1.0"),
        };
    }

    /// <summary>The more dropout, the fewer of a class are taken for the next one.</summary>
    private static ImmutableArray<ImmutableArray<int>> Confusion(double rate, int seed) =>
    [
        .. Enumerable.Range(0, Classes.Length).Select(label =>
        {
            int wrong = 60 + (label * 7 % 40) + (seed * 3) - (int)(30 * rate), far = 10 + label;
            return Enumerable.Range(0, Classes.Length)
                .Select(predicted => predicted == label ? 1_000 - wrong - far : predicted == (label + 1) % 10 ? wrong : predicted == (label + 5) % 10 ? far : 0)
                .ToImmutableArray();
        }),
    ];

    private static ClassificationReport Report(ImmutableArray<ImmutableArray<int>> confusion)
    {
        ImmutableArray<ClassMetrics> classes =
        [
            .. Classes.Select((name, label) =>
            {
                double precision = confusion[label][label] / (double)confusion.Sum(row => row[label]), recall = confusion[label][label] / (double)confusion[label].Sum();
                return new ClassMetrics(label, name, precision, recall, 2 * precision * recall / (precision + recall), confusion[label].Sum());
            }),
        ];
        int images = classes.Sum(c => c.Support);
        var average = new AverageMetrics(classes.Average(c => c.Precision), classes.Average(c => c.Recall), classes.Average(c => c.F1), images);
        return new ClassificationReport(classes, confusion.Select((row, label) => row[label]).Sum() / (double)images, average, average);
    }
}
