namespace Experiments.Processes;

/// <summary>Programs of the machine, as a shell finds them.</summary>
internal static class ProgramPath
{
    public static IReadOnlyList<string> Folders => Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];

    /// <returns>Where the first of the programs is that is installed; null where none is.</returns>
    public static string? Find(params IEnumerable<string> programs) =>
        Folders.SelectMany(folder => programs.Select(program => Path.Combine(folder, program))).FirstOrDefault(File.Exists);
}
