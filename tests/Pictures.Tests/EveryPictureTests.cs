using System.Collections.Immutable;
using Xunit;

namespace Experiments.Pictures.Tests;

public class EveryPictureTests
{
    [Fact]
    public void TheSameInputGivesTheSameBytesAlsoOnTwoThreadsAtOnce()
    {
        byte[][] alone = [.. All(Some.Classes).Select(draw => draw())];

        var together = Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            () => Enumerable.Range(0, 5).SelectMany(_ => All(Some.Classes).Select(draw => draw())).ToArray(),
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));

        foreach (byte[][] pictures in together.ToArray().Select(task => task.GetAwaiter().GetResult()))
            Assert.All(pictures.Select((picture, index) => (picture, index)), pair => Assert.Equal(alone[pair.index % alone.Length], pair.picture));
    }

    [Fact]
    public void NamesOfEveryKindAreDrawn()
    {
        foreach (Func<byte[]> draw in All(Some.AwkwardNames))
        {
            var picture = new Decoded(draw());
            Assert.InRange(picture.Width, 480, 4000);
        }
    }

    /// <summary>One picture of each kind, of these class, experiment and layer names.</summary>
    private static ImmutableArray<Func<byte[]>> All(ImmutableArray<string> names)
    {
        ImmutableArray<LabelledImage> labelled = [.. names.Select(name => new LabelledImage(Some.Image(64, 48, 128), name))];
        ImmutableArray<ClassifiedImage> classified = [.. names.Select((name, index) => new ClassifiedImage(Some.Image(), name, names[^(index + 1)], 0.5))];
        string title = string.Join(' ', names);
        return
        [
            () => CurvesPicture.Png(title, [.. names.Select((name, number) => Some.Experiment(name, Some.History(30, number)))]),
            () => ConfusionPicture.Png(title, Some.Diagonal(names.Length, 1000), names),
            () => ModelPicture.Png(title, new ImageSize(28, 28), [.. names.Select(name => new LayerSummary(name, name, [1, 2], 3))]),
            () => ClassifiedPicture.Png(title, classified, correct: true),
            () => ClassifiedPicture.Png(title, classified, correct: false),
            () => SamplesPicture.Png(title, [(title, labelled), (names[0], [])], perRow: 4),
            () => DistributionPicture.Png(title, names, [(title, [.. names.Select((_, index) => index)])]),
        ];
    }
}
