using System.Diagnostics;

namespace Experiments.Training.Tests.Data;

/// <summary>A program in place of apt-get, whose packages are real.</summary>
internal static class FakeAptGet
{
    /// <param name="download">Shell commands for <c>download</c>, run where the package is to be put.</param>
    /// <param name="update">Shell commands for <c>update</c>.</param>
    /// <returns>Its path.</returns>
    public static string Write(TempFolder folder, string download, string update = "exit 1")
    {
        string path = folder["apt-get"];
        File.WriteAllText(path, $"#!/bin/sh\necho \"$@\" >> '{folder["apt-get.log"]}'\ncase \"$*\" in\n*download*)\n{download}\n;;\n*update*)\n{update}\n;;\nesac\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <returns>Path of a package that installs the files into <c>/usr/share/datasets</c>.</returns>
    public static string Package(TempFolder folder, Dictionary<string, byte[]> files)
    {
        string root = folder["package"], target = Path.Combine(root, "usr", "share", "datasets");
        Directory.CreateDirectory(target);
        Directory.CreateDirectory(Path.Combine(root, "DEBIAN"));
        File.WriteAllText(Path.Combine(root, "DEBIAN", "control"), "Package: dataset-tiny\nVersion: 1\nArchitecture: all\nMaintainer: Tests <tests@example.org>\nDescription: tiny\n");
        foreach (var (name, content) in files)
            File.WriteAllBytes(Path.Combine(target, name), content);

        using var build = Process.Start(new ProcessStartInfo("dpkg-deb", ["--root-owner-group", "--build", root, folder["dataset-tiny_1_all.deb"]]) { RedirectStandardOutput = true })!;
        build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        return folder["dataset-tiny_1_all.deb"];
    }
}
