using System.Diagnostics;

namespace Experiments.Processes;

/// <summary>How our programs are started.</summary>
/// <param name="Programs">The folder that they are built in.</param>
/// <param name="Within">A command that runs the one after it in surroundings of its own, as nsenter does; empty for none.</param>
internal sealed record Launch(string Programs, params IReadOnlyList<string> Within)
{
    /// <summary>As they were built for this test, on this machine's own network.</summary>
    public static Launch Here { get; } = new(AppContext.BaseDirectory);

    /// <param name="program">File name of its assembly.</param>
    public ProcessStartInfo Of(string program, string[] arguments)
    {
        string[] command = [.. Within, "dotnet", Path.Combine(Programs, program), .. arguments];
        return new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
    }
}
