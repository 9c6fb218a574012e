using System.Globalization;

namespace Experiments.Grains.Storage;

/// <summary>
/// The SQL that makes a storage's tables, from this assembly: a file for each version, which turns the version before, with all that is
/// stored, into its own. A version that was ever in use is changed by a further file alone.
/// </summary>
internal static class SchemaFiles
{
    /// <summary>The newest.</summary>
    public const long Version = 3;

    /// <param name="database">Name of the folder.</param>
    /// <param name="found">The version installed; 0 for an empty storage.</param>
    /// <returns>The SQL of each later version, in order.</returns>
    public static IEnumerable<string> After(string database, long found)
    {
        for (long version = found + 1; version <= Version; version++)
        {
            yield return Read(database, version);
        }
    }

    public static string Read(string database, long version)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{database}.schema.{version}.sql");
        using var schema = new StreamReader(typeof(SchemaFiles).Assembly.GetManifestResourceStream(name)!);
        return schema.ReadToEnd();
    }
}
