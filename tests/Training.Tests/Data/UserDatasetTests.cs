using System.Text;
using Experiments.Training.Data;
using Xunit;

namespace Experiments.Training.Tests.Data;

/// <summary>Data of the user's own: every form, and every fault with its place and its remedy.</summary>
public sealed class UserDatasetTests : IDisposable
{
    private static readonly ImageSet Train = Some.Images(12, 3, 18, 18), Test = Some.Images(5, 3, 18, 18, seed: 2);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task IdxGzippedIdxAndCsvInEqualOrderAreTheSameContent()
    {
        var plain = await Load(Files.WriteIdx(_folder, "train", Train), Files.WriteIdx(_folder, "test", Test));
        var gzipped = await Load(Files.WriteIdx(_folder, "train", Train, gzip: true), Files.WriteIdx(_folder, "test", Test, gzip: true));
        var csv = await Load(Files.WriteCsv(_folder, "train", Train), Files.WriteCsv(_folder, "test", Test));

        Assert.Equal(ContentHash.Compute(Some.ClassNames(3), Train, Test), plain.Sha256);
        Assert.Equal(plain.Sha256, gzipped.Sha256);
        Assert.Equal(plain.Sha256, csv.Sha256);
        Assert.Equal(Train.Pixels.ToArray(), csv.Train.Pixels.ToArray());
        Assert.Equal(Test.Labels.ToArray(), csv.Test.Labels.ToArray());
    }

    [Fact]
    public async Task AnyOtherContentHasAnotherHash()
    {
        string[] hashes =
        [
            ContentHash.Compute(["a", "bc"], Train, Test),
            ContentHash.Compute(["ab", "c"], Train, Test),
            ContentHash.Compute(["a", "bc"], Test, Train),
            ContentHash.Compute(["a", "bc"], new ImageSet(9, 36, Train.Pixels.ToArray(), Train.Labels.ToArray()), new ImageSet(9, 36, Test.Pixels.ToArray(), Test.Labels.ToArray())),
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());

        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(Files.WriteIdx(_folder, "train", Train), Files.WriteIdx(_folder, "test", Test), sha256: hashes[0]));
        Assert.Contains($"this grid was submitted with {hashes[0]}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OblongImagesComeFromIdxAndFromACsvThatSaysTheirSize()
    {
        ImageSet train = Some.Images(4, 3, 19, 23), test = Some.Images(3, 3, 19, 23, seed: 2);

        var dataset = await Load(Files.WriteIdx(_folder, "train", train), Files.WriteCsv(_folder, "test", test), size: new ImageSize(19, 23));

        Assert.Equal(new ImageSize(19, 23), dataset.ImageSize);
        Assert.Equal(test.Pixels.ToArray(), dataset.Test.Pixels.ToArray());
    }

    [Fact]
    public async Task ACsvMayHaveAByteOrderMarkWindowsLineEndsBlankLinesAndNoLastEnd()
    {
        var csv = Files.WriteCsv(_folder, "train", Train);
        File.WriteAllText(csv.Csv!, "\uFEFF" + Files.Csv(Train).Replace("\n", "\r\n\r\n", StringComparison.Ordinal).TrimEnd());

        Assert.Equal(Train.Pixels.ToArray(), (await Load(csv, Files.WriteIdx(_folder, "test", Test))).Train.Pixels.ToArray());
    }

    [Fact]
    public async Task AGzippedCsvLargerThanAnyBufferIsRead()
    {
        var many = Some.Images(700, 3, 28, 28);
        var csv = new ImageFiles { Csv = _folder["train.csv.gz"] };
        File.WriteAllBytes(csv.Csv!, Files.Gzip(Encoding.ASCII.GetBytes(Files.Csv(many))));

        Assert.Equal(many.Pixels.ToArray(), (await Load(csv, Files.WriteIdx(_folder, "test", Some.Images(3, 3, 28, 28)))).Train.Pixels.ToArray());
    }

    [Theory]
    [InlineData(257, 18)]
    [InlineData(18, 257)]
    public async Task ImagesThatNoModelCanTakeAreNamedWithTheSizesItTakes(int height, int width)
    {
        ImageSet train = Some.Images(2, 3, height, width), test = Some.Images(2, 3, height, width);

        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(Files.WriteIdx(_folder, "train", train), Files.WriteIdx(_folder, "test", test)));

        Assert.Equal($"{_folder["train-images"]}: holds images of {height} × {width}, where models take 1 × 1 to 256 × 256; scale them.", fault.Message);
    }

    [Fact]
    public async Task AnImageMayBeOnePixel()
    {
        ImageSet train = Some.Images(2, 2, 1, 1), test = Some.Images(2, 2, 1, 1, seed: 2);

        Assert.Equal(new ImageSize(1, 1), (await Load(Files.WriteIdx(_folder, "train", train), Files.WriteIdx(_folder, "test", test))).ImageSize);
    }

    [Fact]
    public async Task AFileThatIsMissingAFolderOrEmptyIsNamed()
    {
        await AssertIdxFault(files => File.Delete(files.Images!), "train-images: no such file; check the path.");
        await AssertIdxFault(files => File.WriteAllBytes(files.Images!, []), "train-images: the file is empty; fetch or write it again.");
        await AssertIdxFault(
            files =>
            {
                File.Delete(files.Labels!);
                Directory.CreateDirectory(files.Labels!);
            },
            "train-labels: is a folder, where a file is wanted; name the file in it.");
    }

    [Fact]
    public async Task DamagedIdxFilesAreNamedWithTheRemedy()
    {
        await AssertIdxFault(files => Cut(files.Images!, 2), "train-images: is no IDX file of images: it starts with 0000,");
        await AssertIdxFault(files => Cut(files.Images!, 10), "train-images: is cut off inside its header, after 10 bytes; fetch it again.");
        await AssertIdxFault(files => Cut(files.Images!, 1000), "train-images: its header claims 12 × 18 × 18 = 3888 bytes of images, more than the file can hold; it is cut off or damaged: fetch it again.");
        await AssertIdxFault(files => File.AppendAllText(files.Labels!, "x"), "train-labels: goes on after the 12 bytes that its header claims;");
        await AssertIdxFault(files => File.WriteAllText(files.Images!, "label,pixel1"), "train-images: is no IDX file of images: it starts with 6C616265, where 00000803 is wanted (gzipped or plain); give a CSV file as csv.");
        await AssertIdxFault(files => File.Copy(files.Labels!, files.Images!, overwrite: true), "train-images: holds labels where images are wanted; have the two files been swapped?");
        await AssertIdxFault(files => File.WriteAllBytes(files.Images!, Files.Idx([0, 18, 18], [])), "train-images: holds no images (its header says 0 × 18 × 18);");
        await AssertIdxFault(files => File.WriteAllBytes(files.Images!, Files.Idx([-1, -1, -1], [])), "it is damaged, or must be divided.");
        await AssertIdxFault(files => File.WriteAllBytes(files.Images!, Files.Idx([2_000_000_000, 1, 1], [1])), "more than the file can hold");
        await AssertIdxFault(files => File.WriteAllBytes(files.Labels!, Files.Idx([11], new byte[11])), $"train-images: holds 12 images, but {_folder["train-labels"]} holds 11 labels; give files that belong together.");
    }

    [Fact]
    public async Task DamagedGzipIsNamedWithTheRemedy()
    {
        await AssertIdxFault(files => Cut(files.Images!, -1), "train-images.gz: is damaged or cut off", gzip: true);
        await AssertIdxFault(files => Cut(files.Images!, -8), "train-images.gz: is damaged or cut off", gzip: true);
        await AssertIdxFault(files => Cut(files.Images!, 500), "train-images.gz: is damaged or cut off", gzip: true);
        await AssertIdxFault(files => Cut(files.Images!, 3), "train-images.gz: is ", gzip: true);
        await AssertIdxFault(files => Flip(files.Images!, 1500), "train-images.gz: is damaged or cut off", gzip: true);
    }

    [Fact]
    public async Task ALabelOutsideTheClassNamesIsNamedWithItsImage() => await AssertIdxFault(
        files => Flip(files.Labels!, 8 + 7, value: 3),
        "train-labels: image 7 (from 0) has the label 3, outside the class names, which go from 0 to 2; correct it, or name every class under classes.");

    [Theory]
    [InlineData("", ": the file is empty")]
    [InlineData("\n\r\n\n", ": holds nothing but blank lines; a header and one line per image are wanted.")]
    [InlineData("label\n1\n", ", line 1: has a single column;")]
    [InlineData("label,a,b\n", ", line 1: 2 pixels are no square image; say imageSize: [height, width]")]
    [InlineData("1,2,3,4,5\n", ", line 1: is an image, where a header is wanted;")]
    [InlineData("label,a,b,c,d\n", ": has a header, but no image;")]
    [InlineData("label,a,b,c,d\n1,2,3,4,5\n1,2,3,4\n", ", line 3: has 4 columns, where the header has 5;")]
    [InlineData("label,a,b,c,d\n1,2,3,4,5,6\n", ", line 2: has 6 columns, where the header has 5;")]
    [InlineData("label,a,b,c,d\n\n1,2,x,4,5\n", ", line 3, column 3: \"x\" is no pixel; a whole number from 0 to 255 is wanted.")]
    [InlineData("label,a,b,c,d\n1,2,256,4,5\n", ", line 2, column 3: \"256\" is no pixel;")]
    [InlineData("label,a,b,c,d\n1,2,-1,4,5\n", ", line 2, column 3: \"-1\" is no pixel;")]
    [InlineData("label,a,b,c,d\n1,2,3,4,\n", ", line 2, column 5: \"\" is no pixel;")]
    [InlineData("label,a,b,c,d\n1,2,3,4,99999999999999999999\n", ", line 2, column 5: \"99999999999999999999\" is no pixel;")]
    [InlineData("label,a,b,c,d\n1.0,2,3,4,5\n", ", line 2, column 1: \"1.0\" is no label; a whole number from 0 to 2 is wanted.")]
    [InlineData("label,a,b,c,d\n3,2,3,4,5\n", ", line 2, column 1: \"3\" is a label outside the class names, which go from 0 to 2;")]
    [InlineData("a\0b,c,d\n", ": is no CSV file but a binary one; give IDX files as images and labels.")]
    public async Task AFaultInACsvIsNamedWithLineColumnAndValue(string content, string expected)
    {
        var csv = new ImageFiles { Csv = _folder["train.csv"] };
        File.WriteAllText(csv.Csv!, content);

        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(csv, Files.WriteIdx(_folder, "test", Test)));

        Assert.StartsWith(_folder["train.csv"] + expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FaultsOfSeveralFilesAreToldTogether()
    {
        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(
            new ImageFiles { Images = _folder["a"], Labels = _folder["b"] }, new ImageFiles { Csv = _folder["c"] }));

        Assert.Equal(
            [$"{_folder["a"]}: no such file; check the path.", $"{_folder["b"]}: no such file; check the path.", $"{_folder["c"]}: no such file; check the path."],
            fault.Message.Split(Environment.NewLine));
    }

    [Fact]
    public async Task SizesThatDifferOrAreNotThoseSaidAreNamed()
    {
        var other = Some.Images(5, 3, 20, 20);
        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(Files.WriteIdx(_folder, "train", Train), Files.WriteIdx(_folder, "test", other)));
        Assert.Equal($"{_folder["test-images"]}: holds test images of 20 × 20, but the training images in {_folder["train-images"]} are 18 × 18; give both in one size.", fault.Message);

        fault = await Assert.ThrowsAsync<DatasetException>(() => Load(Files.WriteIdx(_folder, "train", Train), Files.WriteIdx(_folder, "test", Test), size: new ImageSize(20, 20)));
        Assert.Contains("holds images of 18 × 18, where imageSize says [20, 20]; correct or leave out imageSize.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BothFormsNoneOrASingleClassAreRefused()
    {
        var idx = Files.WriteIdx(_folder, "train", Train);
        foreach (var train in (ImageFiles[])[new(), idx with { Csv = "x" }, idx with { Labels = null }])
        {
            var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(train, idx));
            Assert.Equal("dataset mine, train: give either images and labels (IDX), or csv.", fault.Message);
        }

        var single = await Assert.ThrowsAsync<DatasetException>(() => Load(idx, idx, classes: 1));
        Assert.StartsWith("dataset mine: classes must name at least 2 classes", single.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStopEndsTheReading()
    {
        var idx = Files.WriteIdx(_folder, "train", Train);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Load(idx, idx, stop: new CancellationToken(canceled: true)));
    }

    private async Task AssertIdxFault(Action<ImageFiles> damage, string expected, bool gzip = false)
    {
        var train = Files.WriteIdx(_folder, "train", Train, gzip);
        damage(train);

        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(train, Files.WriteIdx(_folder, "test", Test)));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith(_folder.Path, fault.Message, StringComparison.Ordinal);
    }

    private static Task<Dataset> Load(ImageFiles train, ImageFiles test, ImageSize? size = null, string sha256 = "", int classes = 3, CancellationToken? stop = null) =>
        new DatasetLoader(new DatasetOptions()).LoadAsync(
            new DatasetReference { Name = "mine", Sha256 = sha256, Files = new DatasetFiles { Classes = Some.ClassNames(classes), Train = train, Test = test, ImageSize = size } },
            progress: null,
            stop ?? TestContext.Current.CancellationToken);

    private static void Cut(string path, int length)
    {
        byte[] content = File.ReadAllBytes(path);
        File.WriteAllBytes(path, length < 0 ? content[..^-length] : content[..length]);
    }

    private static void Flip(string path, int place, byte? value = null)
    {
        byte[] content = File.ReadAllBytes(path);
        content[place] = value ?? (byte)~content[place];
        File.WriteAllBytes(path, content);
    }
}
