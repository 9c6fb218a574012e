namespace Experiments.Processes;

internal sealed partial class PrivatePostgres
{
    public static void SkipIfMissing() => Prerequisite.Met(Missing is null, Missing ?? "");

    static partial void StopTestIfMissing() => SkipIfMissing();
}
