using System.Text.RegularExpressions;
using Experiments.TensorBoard.Tests.Reading;

namespace Experiments.TensorBoard.Tests;

/// <summary>A folder that grids are exported into; it goes with its contents.</summary>
internal sealed partial class ExportedFolder : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("experiments-tensorboard-").FullName;
    private readonly Clock _clock = new();

    /// <summary>Not there before an export makes it.</summary>
    public string Path => System.IO.Path.Combine(_parent, "runs");

    /// <summary>Every file and every empty folder in it, by their paths in it, sorted.</summary>
    public string[] Entries =>
    [
        .. Directory.EnumerateFileSystemEntries(Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Where(entry => File.Exists(entry) || !Directory.EnumerateFileSystemEntries(entry).Any())
            .Select(entry => System.IO.Path.GetRelativePath(Path, entry))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The folders with an event file of this program in them, one for each file, sorted; the root is ".".</summary>
    public string[] Runs =>
    [
        .. Entries.Where(entry => OwnName().IsMatch(System.IO.Path.GetFileName(entry)))
            .Select(entry => System.IO.Path.GetDirectoryName(entry) is { Length: > 0 } folder ? folder : ".")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>From one export to the next.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromMinutes(1);

    public TensorBoardExport Begin(GridOverview? grid = null)
    {
        _clock.Now += Pause;
        return TensorBoardExport.Begin(Path, grid ?? Some.Grid(), _clock);
    }

    /// <returns>How many earlier runs are gone.</returns>
    public int Export(params ExperimentRun[] runs) => Export(Some.Grid(), runs);

    /// <inheritdoc cref="Export(ExperimentRun[])"/>
    public int Export(GridOverview grid, params ExperimentRun[] runs)
    {
        using var export = Begin(grid);
        foreach (var run in runs)
        {
            export.Add(run);
        }

        return export.Complete();
    }

    public ReadRun Read(string run = ".") => new(System.IO.Path.Combine(Path, run));

    /// <summary>Puts a file of somebody else's there.</summary>
    public void Put(params string[] path)
    {
        string file = System.IO.Path.Combine([Path, .. path]);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "foreign");
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [GeneratedRegex(@"^events\.out\.tfevents\.[0-9]{10}\.experiments$")]
    private static partial Regex OwnName();

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Some.SubmittedAt.AddDays(1);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
