using System.Runtime.CompilerServices;

namespace Experiments.Deploy.Tests;

internal static class Repository
{
    public static string PathOf(params string[] parts) => Path.Combine([Root(), .. parts]);

    /// <summary>A file of the folder deploy.</summary>
    public static string Deploy(params string[] parts) => PathOf(["deploy", .. parts]);

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../.."));
}
