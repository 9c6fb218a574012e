using System.CommandLine;

namespace Experiments.Client;

/// <summary>Options that several verbs share.</summary>
internal static class SharedOptions
{
    public static Option<string?> Storage() => new("--storage")
    {
        HelpName = "DIR",
        Description = "Folder of the local storage (default: EXPERIMENTS_HOME, else ~/.local/share/experiments)",
    };

    public static Option<string?> Cluster() => new("--cluster")
    {
        HelpName = "\"Host=…;Database=…\"",
        Description = "PostgreSQL database of a cluster, to work on it instead of the local storage (default: EXPERIMENTS_CLUSTER, where a password belongs)",
    };

    public static Option<string?> Data() => new("--data")
    {
        HelpName = "DIR",
        Description = "Folder with Fashion-MNIST as IDX files, gzipped or not, or as its two CSV files (default: found or fetched)",
    };

    public static Option<string[]> Set() => new("--set")
    {
        HelpName = "KEY=VALUE",
        Description = "Sets a key of the grid file, such as training.epochs=2; may be given several times",
        DefaultValueFactory = _ => [],
    };

    public static Option<bool> Json() => new("--json") { Description = "Writes JSON to standard output, and everything else to standard error" };

    public static Argument<string> GridOrExperiment() =>
        new("ID") { Description = "A grid (its name or id) or an experiment (its id, or GRID/NAME)" };

    public static Argument<string> GridFile() => new("GRID.yaml") { Description = "Grid file" };
}
