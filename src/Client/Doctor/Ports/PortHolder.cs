using System.Globalization;

namespace Experiments.Client.Doctor.Ports;

/// <summary>The process that listens on a port.</summary>
/// <param name="Name">Program and process id, for people.</param>
/// <param name="IsOurs">Whether it is a silo, a dashboard or a client of Experiments.</param>
internal sealed record PortHolder(string Name, bool IsOurs)
{
    private static readonly PortHolder Unknown = new("another process", IsOurs: false);

    private static readonly string[] Ours = ["experiments", "Experiments.Silo", "Experiments.Dashboard"];

    /// <summary>Of a port that somebody listens on. Whose it is only Linux tells, and of another user's processes root alone.</summary>
    public static PortHolder Find(int port)
    {
        if (!OperatingSystem.IsLinux()) return Unknown;

        HashSet<string> sockets = [.. Sockets("/proc/net/tcp", port), .. Sockets("/proc/net/tcp6", port)];
        return Directory.GetDirectories("/proc").Where(IsProcess).Where(process => Holds(process, sockets)).Select(Describe).FirstOrDefault(Unknown);
    }

    /// <summary>By the words of a command line: <c>dotnet …/Experiments.Silo.dll --cluster …</c>, or the program itself.</summary>
    public static bool IsOur(IEnumerable<string> command) =>
        command.Take(2).Any(word => Ours.Contains(Path.GetFileName(word) is var file && file.EndsWith(".dll", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(file) : file));

    /// <summary>A line of the file is, by its columns: number, local address and port in hexadecimal, remote ones, state (0A is listening), …, inode in the tenth.</summary>
    private static IEnumerable<string> Sockets(string file, int port)
    {
        string suffix = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        return File.Exists(file)
            ? File.ReadLines(file).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(columns => columns is [_, var local, _, "0A", ..] && local.EndsWith(suffix, StringComparison.Ordinal))
                .Select(columns => $"socket:[{columns[9]}]")
            : [];
    }

    private static bool IsProcess(string folder) => Path.GetFileName(folder).All(char.IsAsciiDigit);

    private static bool Holds(string process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd")).Any(file => new FileInfo(file).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is another user's.
            return false;
        }
    }

    private static PortHolder Describe(string process)
    {
        try
        {
            string[] command = File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
            string name = command is ["dotnet", var program, ..] ? program : command is [var only, ..] ? only : "a process";
            return new($"{Path.GetFileName(name)} (process {Path.GetFileName(process)})", IsOur(command));
        }
        catch (IOException)
        {
            return Unknown;
        }
    }
}
