namespace Experiments.GridFiles;

/// <summary>One thing that is wrong with a grid file.</summary>
/// <param name="File">The path as the user gave it.</param>
/// <param name="Line">From 1; null where the fault is the whole file's or an option's.</param>
/// <param name="Column">From 1, in UTF-16 units; null where there is no line.</param>
/// <param name="Message">The key, what is wrong with it, and what is allowed.</param>
public sealed record GridFault(string File, int? Line, int? Column, string Message)
{
    /// <summary><c>file.yaml:12:5: message</c>, as compilers write it and editors follow it.</summary>
    public override string ToString() => Line is null ? $"{File}: {Message}" : FormattableString.Invariant($"{File}:{Line}:{Column}: {Message}");
}
