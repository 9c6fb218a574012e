using Experiments.Training.Data;
using Xunit;

namespace Experiments.Training.Tests.Data;

public sealed class DatasetProgressLinesTests
{
    private readonly SetTime _time = new();
    private readonly List<string> _lines = [];
    private readonly DatasetProgressLines _progress;

    public DatasetProgressLinesTests() => _progress = new DatasetProgressLines(TimeSpan.FromSeconds(2), _time, _lines.Add);

    [Fact]
    public void EachActivityHasALineAtOnceAndAfterEachPeriodAnother()
    {
        Report("downloading a", 0, 26_421_880);
        Report("downloading a", 1_000_000, 26_421_880);
        _time.Seconds += 1.9;
        Report("downloading a", 2_000_000, 26_421_880);
        _time.Seconds += 0.1;
        Report("downloading a", 3_000_000, 26_421_880);
        Report("unpacking a");

        Assert.Equal(["downloading a", "downloading a: 3.0 of 26.4 MB", "unpacking a"], _lines);
    }

    [Fact]
    public void TheLastByteIsToldWithinThePeriodToo()
    {
        Report("downloading a", 1_000_000, 26_421_880);
        Report("downloading a", 26_421_880, 26_421_880);

        Assert.Equal(["downloading a: 1.0 of 26.4 MB", "downloading a: 26.4 of 26.4 MB"], _lines);
    }

    [Fact]
    public void OfAnUnknownTotalOnlyWhatArrivedIsTold()
    {
        Report("downloading a", 1_000_000);

        Assert.Equal(["downloading a: 1.0 MB"], _lines);
    }

    private void Report(string activity, long done = 0, long? total = null) => _progress.Report(new DatasetProgress(activity, done, total));

    private sealed class SetTime : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => (long)Math.Round(Seconds * TimestampFrequency);
    }
}
