using System.Diagnostics;
using System.Globalization;

namespace Experiments.Grains.Tests;

/// <summary>A folder on a device of a few megabytes, which fills up; the test is skipped where it may not be mounted.</summary>
internal sealed class SmallDevice : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallDevice(int megabytes)
    {
        if (Run("mount", "-t", "tmpfs", "-o", Size(megabytes), "tmpfs", _folder.Path) is { } reason)
        {
            _folder.Dispose();
            Assert.Skip($"A small device cannot be mounted here, which takes root on Linux: {reason}");
        }
    }

    public string Path => _folder.Path;

    public void Resize(int megabytes) => Assert.Null(Run("mount", "-o", $"remount,{Size(megabytes)}", _folder.Path));

    public void MakeReadOnly() => Assert.Null(Run("mount", "-o", "remount,ro", _folder.Path));

    public void Dispose()
    {
        Run("umount", "--lazy", _folder.Path);
        _folder.Dispose();
    }

    private static string Size(int megabytes) => string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m");

    /// <returns>What it complains of; null where it succeeds.</returns>
    private static string? Run(string command, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "this is not Linux";
        }

        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        string complaint = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : complaint.Trim();
    }
}
