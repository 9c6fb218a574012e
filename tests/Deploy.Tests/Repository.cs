namespace Experiments.Deploy.Tests;

/// <summary>The checkout that the tests were built from, and lie in.</summary>
internal static class Repository
{
    private static readonly string Root = RootOf(AppContext.BaseDirectory);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A file of the folder deploy.</summary>
    public static string Deploy(params string[] parts) => PathOf(["deploy", .. parts]);

    private static string RootOf(string folder) => File.Exists(Path.Combine(folder, "Experiments.sln")) ? folder : RootOf(Path.GetDirectoryName(folder)!);
}
