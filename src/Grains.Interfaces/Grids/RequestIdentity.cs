namespace Experiments;

/// <summary>
/// Tells a question that is asked again, since its answer was lost, from a new one. It travels beside the arguments, also into the calls
/// that a question leads to.
/// </summary>
public static class RequestIdentity
{
    private const string Key = "experiments-request";

    /// <summary>Of the question being answered; null where whoever asks does not ask again.</summary>
    public static Guid? Current => RequestContext.Get(Key) as Guid?;

    /// <summary>Whether this is the question of which <paramref name="identity"/> was kept.</summary>
    public static bool IsSame(Guid? identity) => identity is not null && identity == Current;

    /// <summary>What is asked from here on, however often, is one new question.</summary>
    public static void Begin() => RequestContext.Set(Key, Guid.NewGuid());
}
