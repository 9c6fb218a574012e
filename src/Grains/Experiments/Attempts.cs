namespace Experiments.Grains.Experiments;

/// <summary>
/// Which attempts count against a grid's limit: those that came no further and did not stop cleanly. Where an epoch takes hours, to have
/// stored a checkpoint further on is to have come further, though no epoch was committed.
/// </summary>
internal static class Attempts
{
    /// <param name="counted">Attempts counted when the last one began, itself included.</param>
    /// <param name="epochsAtStart">Epochs committed when it began.</param>
    /// <param name="epochs">Epochs committed now.</param>
    /// <param name="hasAdvanced">Whether it has stored a checkpoint further on than where it began; asked only where that decides.</param>
    /// <returns>Attempts that count now.</returns>
    public static async Task<int> Counted(int counted, int epochsAtStart, int epochs, Func<Task<bool>> hasAdvanced) =>
        counted == 0 || epochs > epochsAtStart || await hasAdvanced() ? 0 : counted;
}
