namespace Experiments.Training.Data;

/// <summary>The package of Debian and Ubuntu, downloaded and unpacked without being installed: root is not needed.</summary>
internal sealed class DebianPackageSource(BuiltInDataset dataset, string aptGet) : IDatasetSource
{
    public string Name => $"Debian package {dataset.DebianPackage}";

    public async Task FetchAsync(string folder, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        string work = Directory.CreateDirectory(Path.Combine(folder, "package")).FullName;
        await DownloadAsync(work, progress, cancellationToken);

        progress?.Report(new DatasetProgress($"unpacking {Name}"));
        string package = Directory.GetFiles(work, "*.deb").FirstOrDefault()
            ?? throw new DatasetException($"{aptGet} said it downloaded the package, but left no file");
        await Command.RunAsync("dpkg-deb", ["--extract", package, Path.Combine(work, "content")], work, cancellationToken);
        foreach (BuiltInFile file in dataset.Files)
        {
            string unpacked = Directory.GetFiles(work, file.Name, SearchOption.AllDirectories).FirstOrDefault()
                ?? throw new DatasetException($"the package holds no {file.Name}");
            string target = Path.Combine(folder, file.Name);
            File.Move(unpacked, target);
            using FileStream written = File.OpenWrite(target);
            written.Flush(flushToDisk: true);
        }

        Directory.Delete(work, recursive: true);
    }

    private async Task DownloadAsync(string work, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(new DatasetProgress($"downloading {Name}"));
        try
        {
            await Command.RunAsync(aptGet, ["download", dataset.DebianPackage], work, cancellationToken);
        }
        catch (CommandFailedException)
        {
            // A container comes without package lists, and only root may fetch the system's: so fetch lists of our own.
            string[] ownLists = OwnLists(work);
            progress?.Report(new DatasetProgress("downloading package lists"));
            await Command.RunAsync(aptGet, [.. ownLists, "update"], work, cancellationToken);
            progress?.Report(new DatasetProgress($"downloading {Name}"));
            await Command.RunAsync(aptGet, [.. ownLists, "download", dataset.DebianPackage], work, cancellationToken);
        }
    }

    private static string[] OwnLists(string work)
    {
        // Downloads are otherwise made by a user who cannot write here; the signatures are checked all the same.
        string lists = Directory.CreateDirectory(Path.Combine(work, "lists", "partial")).Parent!.FullName;
        string cache = Directory.CreateDirectory(Path.Combine(work, "cache")).FullName;
        return ["-o", $"Dir::State::Lists={lists}", "-o", $"Dir::Cache={cache}", "-o", "APT::Sandbox::User=root"];
    }
}
