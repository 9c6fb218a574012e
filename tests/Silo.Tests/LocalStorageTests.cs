namespace Experiments.Silo.Tests;

public sealed class LocalStorageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("experiments-silo-").FullName;

    [Fact]
    public void OneProcessIsActiveAtATime()
    {
        var storage = new LocalStorage(_folder);
        using (storage.TryActivate("run quickstart.yaml"))
        {
            Assert.Null(new LocalStorage(_folder).TryActivate("silo"));
        }

        using var next = storage.TryActivate("silo");
        Assert.NotNull(next);
    }

    [Fact]
    public void TheActiveProcessLeavesWordOfItselfUntilItEnds()
    {
        var storage = new LocalStorage(_folder);
        using (storage.TryActivate("run quickstart.yaml"))
        {
            storage.Publish(storage.Active()! with { Gateway = new LocalGateway(12345, "local-1") });

            var active = new LocalStorage(_folder).Active()!;
            Assert.Equal((Environment.ProcessId, "run quickstart.yaml", new LocalGateway(12345, "local-1")), (active.ProcessId, active.Activity, active.Gateway));
            Assert.StartsWith($"'run quickstart.yaml' is active on the storage '{_folder}' (process {Environment.ProcessId}", StorageInUse.Message(storage), StringComparison.Ordinal);
        }

        Assert.Null(storage.Active());
    }

    [Fact]
    public void WordThatAKilledProcessLeftIsNotOfAnActiveOne()
    {
        var storage = new LocalStorage(_folder);
        ActiveProcess word;
        using (storage.TryActivate("run quickstart.yaml"))
        {
            word = storage.Active()!;
            Assert.True(new LocalStorage(_folder).IsActive(word));
        }

        storage.Publish(word);

        Assert.Equal(word, storage.Active());
        Assert.False(storage.IsActive(word));
    }

    [Fact]
    public void AFolderIsMadeWhereThereIsNone()
    {
        string folder = Path.Combine(_folder, "a", "b");

        Assert.Equal(Path.Combine(folder, "experiments.db"), new LocalStorage(folder).Database);
        Assert.True(Directory.Exists(folder));
    }

    [Fact]
    public void AFolderThatCannotBeMadeIsNamedWithTheRemedy()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        var error = Assert.Throws<StorageFolderException>(() => new LocalStorage(Path.Combine(file, "x")));

        Assert.Contains(Path.Combine(file, "x"), error.Message, StringComparison.Ordinal);
        Assert.Contains("--storage DIR", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCannotBeWrittenIsNotTakenForInUse()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "active.json.tmp"));

        var error = Assert.Throws<StorageFolderException>(() => new LocalStorage(_folder).TryActivate("silo"));

        Assert.Contains(_folder, error.Message, StringComparison.Ordinal);
        Directory.Delete(Path.Combine(_folder, "active.json.tmp"));
        using var active = new LocalStorage(_folder).TryActivate("silo");
        Assert.NotNull(active);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
