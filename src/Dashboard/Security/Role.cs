namespace Experiments.Dashboard.Security;

/// <summary>What somebody may do. Whoever is known at all may read.</summary>
internal static class Role
{
    /// <summary>May also submit, annotate, cancel, pause, resume, retry and delete. The policy that asks for it has the same name.</summary>
    public const string Operator = "operator";

    public const string Reader = "reader";
}
