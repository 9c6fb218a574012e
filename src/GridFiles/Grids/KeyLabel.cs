namespace Experiments.GridFiles;

public static class KeyLabel
{
    /// <summary>What stands for a key in names and headings: its last part; the whole key where two of the keys would read alike.</summary>
    public static string Of(string key, IEnumerable<string> keys) =>
        NearestKey.LastPart(key) is var part && keys.Count(other => NearestKey.LastPart(other) == part) == 1 ? part : key;
}
