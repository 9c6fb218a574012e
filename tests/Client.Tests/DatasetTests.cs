using System.Text.Json.Nodes;
using Experiments.Processes;
using Xunit;

namespace Experiments.Client.Tests;

/// <summary><c>experiments dataset</c>, by the built client.</summary>
public sealed class DatasetTests : IDisposable
{
    private const string Folder = "/usr/share/datasets/fashion-mnist";

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task FashionMnistIsDividedAsScikitLearnDividesIt()
    {
        Prerequisite.Met(Directory.Exists(Folder), $"{Folder} is missing: apt install dataset-fashion-mnist");

        var result = await ClientProcess.Run(_workplace.Folder, "dataset", "--json");
        Assert.Equal(0, result.ExitCode);
        var dataset = JsonNode.Parse(result.Output)!;
        Assert.Equal([28, 28], dataset["imageSize"]!.AsArray().Select(size => (int)size!));
        Assert.Equal(60_000, (int)dataset["splits"]!["full"]!["count"]!);
        Assert.Equal([4792, 4770, 4822, 4829, 4730, 4806, 4802, 4805, 4812, 4832], dataset["splits"]!["train"]!["perClass"]!.AsArray().Select(count => (int)count!));
        Assert.Equal(12_000, (int)dataset["splits"]!["validation"]!["count"]!);
        Assert.Equal(10_000, (int)dataset["splits"]!["test"]!["count"]!);
    }

    [Fact]
    public async Task DataOfTheUsersOwnAreDescribedAndDrawn()
    {
        string file = _workplace.Grid("own", "  - name: a");
        var result = await ClientProcess.Run(_workplace.Folder, "dataset", file, "--validation", "0.25", "--samples", "s.png", "--distribution", "d.png");
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("halves: images of 18 × 18", result.Output, StringComparison.Ordinal);
        Assert.Contains("4,500", result.Output, StringComparison.Ordinal);
        Assert.All(["s.png", "d.png"], picture => Assert.Equal("89504E47", Convert.ToHexString(File.ReadAllBytes(_workplace.PathOf(picture)).AsSpan(0, 4))));
    }
}
