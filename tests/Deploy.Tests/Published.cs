using System.Runtime.InteropServices;

[assembly: AssemblyFixture(typeof(Experiments.Deploy.Tests.Published))]

namespace Experiments.Deploy.Tests;

/// <summary>What <c>dotnet publish</c> makes of the programs, as they were built for the tests.</summary>
public sealed class Published : IDisposable
{
    private static readonly string Configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly Dictionary<string, string> _folders = [];

    /// <summary>Where a temporary folder holds all that was published: one subfolder for each program.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("experiments-published-").FullName;

    /// <summary>The folder of .NET itself.</summary>
    public static string DotNet => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    /// <param name="project">Its name in src.</param>
    /// <returns>The folder, whose name is the project's in lower case.</returns>
    public async Task<string> Of(string project)
    {
        await _oneAtATime.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!_folders.TryGetValue(project, out string? folder))
            {
                folder = Path.Combine(Folder, project.ToLowerInvariant());
                await Tool.DotNet.Run("publish", Repository.PathOf("src", project), "--no-build", "-c", Configuration, "-o", folder);
                _folders[project] = folder;
            }

            return folder;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose()
    {
        _oneAtATime.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
