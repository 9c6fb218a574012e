using Experiments.Grains.Grids;

namespace Experiments.Grains.Tests.Grids;

public class GridRowsTests
{
    [Fact]
    public void AReaderGetsOnlyWhatChangedSinceItReadLast()
    {
        var rows = Rows("a", "b", "c");
        long read = rows.Version;
        rows.Put(Some.Row("b", ExperimentStatus.Completed));

        Assert.Equal(["b"], rows.ChangedAfter(read).Select(row => row.Id));
        Assert.Empty(rows.ChangedAfter(rows.Version));
    }

    [Fact]
    public void AFirstReaderGetsAllInTheirOrder() => Assert.Equal(["a", "b", "c"], Rows("a", "b", "c").ChangedAfter(0).Select(row => row.Id));

    [Fact]
    public void AReaderOfAnEarlierActivationGetsAllAnew()
    {
        var time = new SetTime(DateTimeOffset.UnixEpoch);
        var earlier = new GridRows(time);
        earlier.Put(Some.Row("a"));
        time.Now += TimeSpan.FromMilliseconds(1);
        var rows = new GridRows(time);
        rows.Put(Some.Row("a"));

        Assert.Single(rows.ChangedAfter(earlier.Version));
    }

    [Fact]
    public void AReaderOfAnActivationWhoseClockWasAheadGetsAllAnew()
    {
        var rows = new GridRows(new SetTime(DateTimeOffset.UnixEpoch));
        rows.Put(Some.Row("a"));
        var ahead = new GridRows(new SetTime(DateTimeOffset.UnixEpoch.AddHours(1)));

        Assert.Single(rows.ChangedAfter(ahead.Version));
    }

    [Fact]
    public void PuttingARowGivesTheOneBefore()
    {
        var rows = Rows("a");

        Assert.Null(rows.Put(Some.Row("b")));
        Assert.Equal(ExperimentStatus.Running, rows.Put(Some.Row("a", ExperimentStatus.Paused))!.Status);
        Assert.Equal(ExperimentStatus.Paused, rows.Find("a")!.Status);
    }

    [Fact]
    public void ARowThatIsPutAnewKeepsItsAnnotationAndAnAnnotationIsAChange()
    {
        var rows = Rows("a", "b");
        long read = rows.Version;
        rows.Annotate("b", Some.Annotation);
        Assert.Equal([("b", Some.Annotation)], rows.ChangedAfter(read).Select(row => (row.Id, row.Annotation)));

        rows.Put(Some.Row("b", ExperimentStatus.Completed));
        Assert.Equal((ExperimentStatus.Completed, Some.Annotation), (rows.Find("b")!.Status, rows.Find("b")!.Annotation));

        read = rows.Version;
        rows.Annotate("b", null);
        Assert.Equal([("b", null)], rows.ChangedAfter(read).Select(row => (row.Id, row.Annotation)));
        Assert.Null(rows.Find("a")!.Annotation);
    }

    [Fact]
    public void AnAnnotationOfTheGridItselfRaisesTheVersionAndChangesNoRow()
    {
        var rows = Rows("a");
        long read = rows.Version;

        rows.Annotate(null, Some.Annotation);

        Assert.Equal(Some.Annotation, rows.Annotation);
        Assert.True(rows.Version > read);
        Assert.Empty(rows.ChangedAfter(read));
    }

    [Fact]
    public void TheTotalsAreThoseOfTheRowsAsTheyAreNow()
    {
        var rows = Rows("a", "b");
        Assert.Equal(2, rows.Totals.Of(ExperimentStatus.Running));
        Assert.Same(rows.Totals, rows.Totals);

        rows.Put(Some.Row("b", ExperimentStatus.Completed));

        Assert.Equal((1, 1), (rows.Totals.Of(ExperimentStatus.Running), rows.Totals.Of(ExperimentStatus.Completed)));
    }

    private static GridRows Rows(params string[] ids)
    {
        var rows = new GridRows(TimeProvider.System);
        Array.ForEach(ids, id => rows.Put(Some.Row(id)));
        return rows;
    }

    private sealed class SetTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
