namespace Experiments.Processes;

/// <summary>The browser that the pages are opened in.</summary>
internal static class ChromiumProgram
{
    public const string Missing = "Chromium is not installed: apt install chromium.";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>Where it is on the path; null where it is not installed.</summary>
    public static string? Installed => (Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [])
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}
