using System.Runtime.InteropServices;
using Orleans.Runtime;

namespace Experiments.Silo;

/// <summary>
/// Ends the process of a silo that cannot go on, above all of one that the others have declared dead: its leases are given away, and
/// nothing it holds counts any more. Whatever supervises it starts it anew, as another member.
/// </summary>
internal sealed partial class EndOfMembership : IFatalErrorHandler
{
    private const int ExitCode = 1;

    private const string DeclaredDead =
        "The cluster has declared this silo dead, since it did not answer for too long: it was frozen, cut off, or its machine overloaded. "
        + "Its experiments go on elsewhere. This process ends; start it again to take part.";

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        Console.Error.WriteLine(exception is null ? DeclaredDead : $"The silo cannot go on ({context}): {exception}");
        if (OperatingSystem.IsWindows())
        {
            Environment.Exit(ExitCode);
        }

        // Trainings run on in libtorch, which an orderly exit would take apart under them.
        ExitAtOnce(ExitCode);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitAtOnce(int status);
}
