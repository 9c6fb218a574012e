namespace Experiments.Training.Tests.Checkpoints;

/// <summary>Bytes cut off, put in, changed: one to three at a time.</summary>
internal static class Damage
{
    /// <param name="headerEnd">Most of the damage is done before it.</param>
    public static byte[] Some(byte[] original, int headerEnd, Random random)
    {
        byte[] file = [.. original];
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int place = random.Next(4) > 0 ? random.Next(Math.Min(headerEnd, file.Length)) : random.Next(file.Length);
            file = random.Next(6) switch
            {
                0 => file[..Math.Max(1, place)],
                1 => [.. file[..place], (byte)random.Next(256), .. file[place..]],
                2 => [.. file[..place], .. file[Math.Min(file.Length, place + 1)..], 0],
                3 => [.. file[..place], (byte)('0' + random.Next(10)), .. file[(place + 1)..]],
                4 => [.. file[..place], "\"{}[],:-.e\\"u8[random.Next(11)], .. file[(place + 1)..]],
                _ => Flip(file, place, random),
            };
        }

        return file;
    }

    /// <summary>One bit is another.</summary>
    public static byte[] Flip(byte[] file, int place, Random random) => [.. file[..place], (byte)(file[place] ^ (1 << random.Next(8))), .. file[(place + 1)..]];
}
