namespace Experiments.Processes;

/// <summary>The browser that the pages are opened in.</summary>
internal static class ChromiumProgram
{
    public const string Missing = "Chromium is not installed: apt install chromium.";

    /// <summary>Where it is on the path; null where it is not installed.</summary>
    public static string? Installed => ProgramPath.Find("chromium", "chromium-browser", "google-chrome");
}
