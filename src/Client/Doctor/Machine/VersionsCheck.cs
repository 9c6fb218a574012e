using System.Diagnostics;
using System.Reflection;
using Experiments.Reports;
using Experiments.Training;
using Microsoft.Data.Sqlite;
using Npgsql;
using TorchSharp;

namespace Experiments.Client.Doctor.Machine;

/// <summary>The versions of what works together, and whether our own libraries are of one.</summary>
internal static class VersionsCheck
{
    /// <returns>Name and version, for people.</returns>
    public static string[] Used() =>
    [
        $"Experiments {ShortVersion.Of(LibTorch.Version)}", $"Orleans {Of(typeof(IGrain))}", $"TorchSharp {Of(typeof(torch))}", $"Npgsql {Of(typeof(NpgsqlConnection))}",
        $"SQLite {Sqlite()}",
    ];

    /// <param name="folder">Of the program.</param>
    /// <returns>File and version, without the commit: a build makes anew what has changed alone.</returns>
    public static (string File, string Version)[] Ours(string folder) =>
    [
        .. Directory.GetFiles(folder, "Experiments.*.dll").Append(Path.Combine(folder, "experiments.dll")).Where(File.Exists).Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file), FileVersionInfo.GetVersionInfo(file).ProductVersion?.Split('+')[0] ?? "none")),
    ];

    public static Finding Judge(string[] used, (string File, string Version)[] ours) =>
        ours.GroupBy(file => file.Version).OrderByDescending(version => version.Count()).ToList() is [var most, .. { Count: > 0 } others]
            ? Finding.Fault(
                $"The program's folder mixes versions: {most.Key}, but {Figures.Names([.. others.SelectMany(version => version).Select(file => $"{file.File} {file.Version}")])}.",
                "Put all files of one version there, and none of another.")
            : Finding.Ok($"{string.Join(", ", used)}.");

    /// <summary>Without the commit, which some add after a plus and Orleans in words of its own.</summary>
    private static string Of(Type type) => type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', ' ')[0].TrimEnd('.');

    private static string Sqlite()
    {
        using var memory = new SqliteConnection("Data Source=:memory:");
        return memory.ServerVersion;
    }
}
