using System.Security.Cryptography;

namespace Experiments.Grains.Grids;

internal static class GridIds
{
    /// <summary>A new id: short enough to type, and with 50 random bits not met twice. Neither l nor 0, o, 1 are in it.</summary>
    public static string New() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 10);
}
