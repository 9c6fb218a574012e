namespace Experiments.Grains.Experiments;

/// <summary>Which attempts count against a grid's limit: those that committed no epoch and did not stop cleanly.</summary>
internal static class Attempts
{
    /// <param name="counted">Attempts counted when the last one began, itself included.</param>
    /// <param name="epochsAtStart">Epochs committed when it began.</param>
    /// <param name="epochs">Epochs committed now.</param>
    /// <returns>Attempts that count now.</returns>
    public static int Counted(int counted, int epochsAtStart, int epochs) => epochs > epochsAtStart ? 0 : counted;
}
