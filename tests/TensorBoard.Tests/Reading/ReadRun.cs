namespace Experiments.TensorBoard.Tests.Reading;

/// <summary>What TensorBoard finds in a folder that holds one event file.</summary>
internal sealed class ReadRun
{
    private const int WallTime = 1, Step = 2, FileVersion = 3, Summary = 5, SessionLog = 7;
    private const int Value = 1, Tag = 1, SimpleValue = 2, Image = 4, Tensor = 8, Metadata = 9;

    private readonly List<WireMessage> _events;

    public ReadRun(string folder)
    {
        string file = Assert.Single(Directory.GetFiles(folder, "*tfevents*"));
        _events = [.. RecordFile.Read(file).Select(data => new WireMessage(data))];
        Assert.Equal("brain.Event:2", _events[0].Text(FileVersion));
        Assert.Equal(1, _events[1].Message(SessionLog).Number(1));
        Values = [.. _events.SelectMany(one => one.Messages(Summary).SelectMany(summary => summary.Messages(Value)).Select(value => (one, value)))];
    }

    public DateTimeOffset Start => Time(_events[0]);

    public IEnumerable<string> AllTags => Values.Select(value => value.Value.Text(Tag)).Distinct();

    private List<(WireMessage Event, WireMessage Value)> Values { get; }

    public List<(int Step, DateTimeOffset Time, float Value)> Scalars(string tag) =>
        [.. Of(tag).Where(one => one.Value.Has(SimpleValue)).Select(one => ((int)one.Event.Number(Step), Time(one.Event), one.Value.Float(SimpleValue)))];

    /// <returns>The step, and the image's width, height and PNG.</returns>
    public (long Step, long Width, long Height, byte[] Png) Picture(string tag)
    {
        var (holder, value) = Assert.Single(Of(tag));
        var image = value.Message(Image);
        return (holder.Number(Step), image.Number(2), image.Number(1), image.Bytes(4));
    }

    /// <returns>The message that the HParams plugin reads: under field 2 a grid, 3 a run's values, 4 its end.</returns>
    public WireMessage HParams(string tag)
    {
        var (_, value) = Assert.Single(Of($"_hparams_/{tag}"));
        Assert.True(value.Has(Tensor));
        var metadata = value.Message(Metadata);
        Assert.Equal(2, metadata.Number(4));
        Assert.Equal("hparams", metadata.Message(1).Text(1));
        return metadata.Message(1).Message(2);
    }

    private IEnumerable<(WireMessage Event, WireMessage Value)> Of(string tag) => Values.Where(value => value.Value.Text(Tag) == tag);

    private static DateTimeOffset Time(WireMessage one) => DateTimeOffset.UnixEpoch.AddSeconds(one.Double(WallTime));
}
