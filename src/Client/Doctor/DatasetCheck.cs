using Experiments.Training.Data;

namespace Experiments.Client.Doctor;

/// <summary>Where Fashion-MNIST is and whether it is whole, or whether it can be fetched.</summary>
internal static class DatasetCheck
{
    private static readonly TimeSpan PatienceWithServer = TimeSpan.FromSeconds(1.5), PatienceWithFiles = TimeSpan.FromSeconds(2);

    private static readonly BuiltInDataset Dataset = BuiltInDatasets.FashionMnist;

    private static readonly string Install = $"Install it (apt install {Dataset.DebianPackage}), or name a folder that holds it with --data DIR.";

    public static Check Of(DatasetOptions options) => new("dataset", stop => Look(options, stop), Finding.Note(
        $"Neither the files of {Dataset.Name} nor its servers answered in time.", "See how busy this machine, its disk and its network are, and try again."));

    private static async Task<Finding> Look(DatasetOptions options, CancellationToken stop)
    {
        try
        {
            if (options.Find(Dataset) is { } folder)
            {
                // Named as the user's own folder, it is read and verified, and nothing is fetched in its place.
                var loader = new DatasetLoader(new DatasetOptions { DataFolder = folder });
                await loader.LoadAsync(new DatasetReference { Name = Dataset.Name }, progress: null, stop).WaitAsync(PatienceWithFiles, stop);
                return Finding.Ok($"{Dataset.Name} is in {folder}, whole.");
            }
        }
        catch (DatasetException exception)
        {
            // A copy that nobody has asked for is passed over, and fetched anew.
            return options.DataFolder is null ? Finding.Fault(exception) with { Status = FindingStatus.Note } : Finding.Fault(exception);
        }
        catch (TimeoutException)
        {
            return Finding.Ok($"{Dataset.Name} is in {options.Find(Dataset)}, not read to its end in {PatienceWithFiles.TotalSeconds} s.");
        }

        return Judge(await Answers(options.Upstream ?? Dataset.Upstream, stop), HasProgram(options.AptGet), AccessibleFolder.WhyNotWritable(options.CacheFolder), options.CacheFolder);
    }

    /// <param name="upstreamAnswers">Whether the publisher's server does.</param>
    /// <param name="cacheFault">Why what is fetched cannot be kept; null where it can.</param>
    public static Finding Judge(bool upstreamAnswers, bool hasAptGet, string? cacheFault, string cache) => (upstreamAnswers, hasAptGet, cacheFault) switch
    {
        (_, _, { } fault) => Finding.Fault($"{Dataset.Name} is not on this machine, and '{cache}' cannot keep it ({fault}).", "Make the folder writable, or set XDG_CACHE_HOME to another."),
        (true, _, _) => Finding.Ok($"{Dataset.Name} is not on this machine; it is fetched from its publisher when it is needed."),
        (_, true, _) => Finding.Note($"{Dataset.Name} is not on this machine, and its publisher does not answer; apt-get is there to fetch the Debian package.", Install),
        _ => Finding.Fault($"{Dataset.Name} is not on this machine, its publisher does not answer, and there is no apt-get to fetch the Debian package.", Install),
    };

    private static async Task<bool> Answers(Uri server, CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = PatienceWithServer };
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(server, Dataset.Test.Labels.Name));
            using var answer = await http.SendAsync(request, stop);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static bool HasProgram(string name) =>
        Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name))) == true;
}
