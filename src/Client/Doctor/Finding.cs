namespace Experiments.Client.Doctor;

internal enum FindingStatus
{
    Ok,

    /// <summary>Worth knowing: everything works, though not as well or as safely as it might.</summary>
    Note,

    /// <summary>Something does not work.</summary>
    Fault,
}

/// <summary>What a check found.</summary>
/// <param name="Seen">One sentence.</param>
/// <param name="Remedy">What to do, in one sentence; null where nothing is to be done.</param>
internal sealed record Finding(FindingStatus Status, string Seen, string? Remedy)
{
    private static readonly string[] Joints = [". ", "; ", ": "];

    public static Finding Ok(string seen) => new(FindingStatus.Ok, seen, null);

    public static Finding Note(string seen, string remedy) => new(FindingStatus.Note, seen, remedy);

    public static Finding Fault(string seen, string remedy) => new(FindingStatus.Fault, seen, remedy);

    /// <summary>Of an error whose message is for users: it ends with the remedy, in a sentence of its own or after the last semicolon or colon.</summary>
    public static Finding Fault(Exception told)
    {
        string message = told.Message.ReplaceLineEndings(" ");
        int joint = Joints.Select(text => message.LastIndexOf(text, StringComparison.Ordinal)).First(at => at >= 0);
        string remedy = message[(joint + 2)..];
        string seen = message[joint] == ':' ? $"{message[..joint]} cannot be used." : $"{message[..joint]}.";
        return Fault(seen, $"{char.ToUpperInvariant(remedy[0])}{remedy[1..].TrimEnd('.')}.");
    }
}
