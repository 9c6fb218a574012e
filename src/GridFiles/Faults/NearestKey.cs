namespace Experiments.GridFiles;

/// <summary>Guesses which key, or name, was meant.</summary>
public static class NearestKey
{
    /// <summary><c>unknown key; did you mean 'epochs'? Allowed: …</c></summary>
    internal static string UnknownKey(string key, IReadOnlyCollection<string> allowed) => $"unknown key{Guess(key, allowed)} Allowed: {string.Join(", ", allowed)}.";

    /// <summary><c>; did you mean 'epochs'?</c>, the end of a sentence; only its point where nothing is near.</summary>
    internal static string Guess(string key, IReadOnlyCollection<string> allowed) =>
        allowed.Count > 0 && string.Join(" or ", Nearest(key, allowed).Select(near => $"'{near}'")) is { Length: > 0 } meant ? $"; did you mean {meant}?" : ".";

    /// <summary>The keys, of one or more, that are the fewest typing errors away, in whole or in their last part; none where that is too many.</summary>
    public static IEnumerable<string> Nearest(string key, IEnumerable<string> allowed)
    {
        var distances = allowed.Select(candidate => (Key: candidate, Distance: Math.Min(Distance(key, candidate), Distance(key, LastPart(candidate))))).ToArray();
        int least = distances.Min(candidate => candidate.Distance);
        return distances.Where(candidate => candidate.Distance == least && least <= 1 + (LastPart(candidate.Key).Length / 4)).Select(candidate => candidate.Key);
    }

    internal static string LastPart(string key) => key[(key.LastIndexOf('.') + 1)..];

    /// <summary>
    /// Insertions, deletions, replacements and swaps of neighbours that turn one into the other, ignoring case
    /// (Damerau and Levenshtein, in the form of optimal string alignment).
    /// </summary>
    private static int Distance(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > other.Length) return int.MaxValue;

        var distance = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++) distance[i, 0] = i;
        for (int j = 0; j <= other.Length; j++) distance[0, j] = j;
        for (int i = 1; i <= one.Length; i++)
        {
            for (int j = 1; j <= other.Length; j++)
            {
                int replaced = distance[i - 1, j - 1] + (Same(one[i - 1], other[j - 1]) ? 0 : 1);
                distance[i, j] = Math.Min(replaced, 1 + Math.Min(distance[i - 1, j], distance[i, j - 1]));
                if (i > 1 && j > 1 && Same(one[i - 1], other[j - 2]) && Same(one[i - 2], other[j - 1]))
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
            }
        }

        return distance[one.Length, other.Length];
    }

    private static bool Same(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
