using Experiments.Training.Data;
using Xunit;

namespace Experiments.Training.Tests.Data;

public sealed class AugmenterTests
{
    private const int Height = 9, Width = 21;

    private static readonly TrainingConfig Both = new() { Augmentation = new() { Shift = 3, Flip = true } };

    public AugmenterTests() => LibTorch.Load();

    [Fact]
    public void EveryPixelGoesWhereItShould()
    {
        byte[] image = [.. Enumerable.Range(1, Height * Width).Select(pixel => (byte)pixel)];
        byte[] moved = new byte[image.Length];
        foreach (int down in Enumerable.Range(1 - Height, (2 * Height) - 1))
        {
            foreach (int right in Enumerable.Range(1 - Width, (2 * Width) - 1))
            {
                foreach (bool mirrored in (bool[])[false, true])
                {
                    moved.AsSpan().Fill(255);
                    new ImageMove(down, right, mirrored).Apply(image, moved, Width);

                    Assert.Equal(Plain(image, down, right, mirrored), moved);
                }
            }
        }
    }

    [Fact]
    public void TheBatchHoldsTheMovedImages()
    {
        var images = Some.Images(6, classes: 3, Height, Width);
        using var reader = new BatchReader(images, 6, new ImageSize(Height, Width), Augmenter.Of(Both, new ImageSize(Height, Width)));
        int[] indices = [5, 0, 3];

        var batch = reader.Read(indices, epoch: 2);

        byte[] expected = [.. indices.SelectMany(index =>
        {
            var move = Augmenter.Of(Both, new ImageSize(Height, Width))!.Draw(2, index);
            return Plain(images.Image(index).ToArray(), move.Down, move.Right, move.IsMirrored);
        })];
        Assert.Equal(Array.ConvertAll(expected, pixel => pixel / 255f), batch.Images.contiguous().data<float>().ToArray());
        Assert.Equal(indices.Select(index => (long)images.Labels[index]), batch.Labels.data<long>().ToArray());
    }

    [Fact]
    public void EachMoveIsEquallyLikely()
    {
        const int Draws = 98_000, Moves = 7 * 7 * 2;
        var augmenter = Augmenter.Of(Both, new ImageSize(28, 28))!;
        var counts = Enumerable.Range(0, Draws).CountBy(draw => augmenter.Draw(epoch: 1 + (draw % 2), image: draw / 2)).ToDictionary();
        double expected = (double)Draws / Moves;

        Assert.Equal(Moves, counts.Count);
        Assert.All(counts.Keys, move => Assert.True(Math.Abs(move.Down) <= 3 && Math.Abs(move.Right) <= 3));
        Assert.InRange(counts.Values.Sum(count => (count - expected) * (count - expected) / expected), 0, 149); // 97 degrees of freedom: exceeded once in two thousand
    }

    [Fact]
    public void AnotherEpochImageOrSeedDrawsAnew()
    {
        const int Images = 1_000;
        var augmenter = Augmenter.Of(Both, new ImageSize(28, 28))!;
        var other = Augmenter.Of(Both with { Seed = 2 }, new ImageSize(28, 28))!;

        // Of 98 moves one is the same by chance: of 1,000 some 10.
        Assert.InRange(Same((image, epoch) => augmenter.Draw(epoch + 1, image)), 0, 30);
        Assert.InRange(Same((image, epoch) => augmenter.Draw(epoch, image + 1)), 0, 30);
        Assert.InRange(Same((image, epoch) => other.Draw(epoch, image)), 0, 30);
        Assert.Equal(Images, Same((image, epoch) => augmenter.Draw(epoch, image)));

        int Same(Func<int, int, ImageMove> draw) => Enumerable.Range(0, Images).Count(image => augmenter.Draw(1, image) == draw(image, 1));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, false)]
    public void WhatIsNotAskedForStays(int shift, bool flip)
    {
        var augmenter = Augmenter.Of(new TrainingConfig { Augmentation = new() { Shift = shift, Flip = flip } }, new ImageSize(28, 28))!;

        var moves = Enumerable.Range(0, 1_000).Select(image => augmenter.Draw(1, image)).ToHashSet();

        Assert.Equal(((2 * shift) + 1) * ((2 * shift) + 1) * (flip ? 2 : 1), moves.Count);
        Assert.Null(Augmenter.Of(new TrainingConfig(), new ImageSize(28, 28)));
    }

    [Theory]
    [InlineData(28, 20)]
    [InlineData(20, 28)]
    public void AShiftOutOfSightIsRefused(int height, int width)
    {
        var training = new TrainingConfig { Augmentation = new() { Shift = 19 } };
        Assert.NotNull(Augmenter.Of(training, new ImageSize(height, width)));

        var refused = Assert.Throws<DatasetException>(() => Augmenter.Of(training with { Augmentation = new() { Shift = 20 } }, new ImageSize(height, width)));

        Assert.Equal($"training.augmentation.shift: 20 moves images of {height} × {width} pixels out of sight; give less than 20.", refused.Message);
    }

    /// <summary>Pixel by pixel: first mirrored, then moved.</summary>
    private static byte[] Plain(byte[] image, int down, int right, bool mirrored) => [.. Enumerable.Range(0, Height * Width).Select(target =>
    {
        var (y, x) = ((target / Width) - down, (target % Width) - right);
        return y is < 0 or >= Height || x is < 0 or >= Width ? (byte)0 : image[(y * Width) + (mirrored ? Width - 1 - x : x)];
    })];
}
