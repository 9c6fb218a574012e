using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Experiments.Client.Doctor.Machine;

/// <param name="WantedSdk">What global.json asks for, or a later one of the same major and minor version.</param>
/// <param name="Sdks">Those beside the runtime that runs this.</param>
/// <param name="IsInCheckout">Whether the program was built where it runs, and will be again.</param>
internal sealed record DotnetReading(Version Runtime, Version WantedSdk, ImmutableArray<Version> Sdks, bool IsInCheckout)
{
    public static DotnetReading Take() => new(Environment.Version, ReadWanted(), FindSdks(), FindCheckout());

    private static Version ReadWanted()
    {
        using var globalJson = typeof(DotnetReading).Assembly.GetManifestResourceStream("global.json")!;
        using var document = JsonDocument.Parse(globalJson);
        return Version.Parse(document.RootElement.GetProperty("sdk").GetProperty("version").GetString()!);
    }

    /// <summary>The runtime lies in <c>shared/Microsoft.NETCore.App/10.0.1</c>, an SDK in <c>sdk/10.0.100</c> of the same folder.</summary>
    private static ImmutableArray<Version> FindSdks()
    {
        string sdks = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "sdk");
        return Directory.Exists(sdks)
            ? [.. Directory.GetDirectories(sdks).Select(sdk => Version.TryParse(Path.GetFileName(sdk).Split('-')[0], out var version) ? version : null).OfType<Version>().Order()]
            : [];
    }

    private static bool FindCheckout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Experiments.sln")))
        {
            folder = folder.Parent;
        }

        return folder is not null;
    }
}
