namespace Experiments.TensorBoard.Tests;

/// <summary>What becomes of a folder that is exported into.</summary>
public sealed class LogDirectoryTests : IDisposable
{
    private readonly ExportedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryExperimentIsAFolderAndTheGridIsTheRoot()
    {
        Assert.Equal(0, _folder.Export(Run("a"), Run("b")));
        Assert.Equal([".", "a", "b"], _folder.Runs);
        Assert.Equal(3, _folder.Entries.Length);
    }

    [Fact]
    public void AnotherExportTakesThePlaceOfTheFirstUnderALaterName()
    {
        _folder.Export(Run("a", epochs: 1), Run("b"));
        string[] before = _folder.Entries;

        Assert.Equal(1, _folder.Export(Run("a", epochs: 2), Run("c")));

        Assert.Equal([".", "a", "c"], _folder.Runs);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "b")));
        Assert.Equal([1, 2], _folder.Read("a").Scalars("loss/train").Select(point => point.Step));
        string earlier = before.Single(entry => entry.StartsWith("a/", StringComparison.Ordinal)), later = _folder.Entries.Single(entry => entry.StartsWith("a/", StringComparison.Ordinal));
        Assert.True(string.CompareOrdinal(later, earlier) > 0);
    }

    [Fact]
    public void AnotherExportInTheSameSecondTakesThePlaceOfTheFirstToo()
    {
        _folder.Export(Run("a", epochs: 1), Run("b"));
        _folder.Pause = TimeSpan.Zero;

        Assert.Equal(1, _folder.Export(Run("a", epochs: 2), Run("c")));

        Assert.Equal([".", "a", "c"], _folder.Runs);
        Assert.Equal(2, _folder.Read("a").Scalars("loss/train").Count);
    }

    [Fact]
    public void FilesOfOthersStay()
    {
        string[] foreign = ["a/events.out.tfevents.1767265200.host.12.0", "b/events.out.tfevents.1767265200.host.12.0.v2", "notes.txt", "z/deeper/x"];
        foreach (string path in foreign)
        {
            _folder.Put(path.Split('/'));
        }

        _folder.Export(Run("a"), Run("b"));
        _folder.Export(Run("c"));

        Assert.Equal([".", "c"], _folder.Runs);
        Assert.Equal(2 + foreign.Length, _folder.Entries.Length);
        Assert.All(foreign, path => Assert.Equal("foreign", File.ReadAllText(Path.Combine(_folder.Path, path))));
    }

    [Fact]
    public void AnExportThatFailsLeavesAllAsItWas()
    {
        _folder.Export(Run("a"), Run("b"));
        _folder.Put("c");
        string[] before = _folder.Entries;

        Assert.ThrowsAny<IOException>(() => _folder.Export(Run("a"), Run("new"), Run("c")));

        Assert.Equal(before, _folder.Entries);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "new")));
        Assert.Equal(3, _folder.Read("a").Scalars("loss/train").Count);
    }

    [Fact]
    public void AFolderThatAFailedExportHasMadeIsGone()
    {
        using (var export = _folder.Begin())
        {
            export.Add(Run("a"));
            Assert.True(Directory.Exists(_folder.Path));
        }

        Assert.False(Directory.Exists(_folder.Path));
    }

    [Fact]
    public void NothingOfAnExportIsToBeSeenBeforeItIsCompleted()
    {
        using var export = _folder.Begin();
        export.Add(Run("a"));
        Assert.Empty(_folder.Runs);
    }

    [Fact]
    public void WhatAKilledExportLeftBehindGoesWithTheNext()
    {
        _folder.Put("killed", ".experiments-export.part");
        _folder.Put(".experiments-export.lock");

        _folder.Export(Run("a"));

        Assert.Equal([".", "a"], _folder.Runs);
        Assert.Equal(2, _folder.Entries.Length);
    }

    [Fact]
    public void TwoExportsAtOnceAreRefused()
    {
        using var first = _folder.Begin();
        first.Add(Run("a"));

        Assert.ThrowsAny<IOException>(() => _folder.Begin());

        first.Complete();
        Assert.Equal([".", "a"], _folder.Runs);
    }

    [Fact]
    public void RunsThatSeveralThreadsAddAreAllThere()
    {
        string[] names = [.. Enumerable.Range(100, 200).Select(number => $"run-{number}")];
        using var export = _folder.Begin();
        Parallel.ForEach(names, new ParallelOptions { MaxDegreeOfParallelism = 8 }, name => export.Add(Run(name)));
        export.Complete();

        Assert.Equal([".", .. names], _folder.Runs);
        Assert.Equal(export.Bytes, _folder.Entries.Sum(entry => new FileInfo(Path.Combine(_folder.Path, entry)).Length));
        Assert.All(names, name => Assert.Equal(3, _folder.Read(name).Scalars("loss/train").Count));
    }

    private static ExperimentRun Run(string name, int epochs = 3) => Some.Run(Some.Experiment(name, epochs));
}
