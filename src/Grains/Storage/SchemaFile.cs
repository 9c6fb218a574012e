namespace Experiments.Grains.Storage;

/// <summary>The SQL that makes a storage's tables, from this assembly.</summary>
internal static class SchemaFile
{
    public static string Read(string name)
    {
        using var schema = new StreamReader(typeof(SchemaFile).Assembly.GetManifestResourceStream(name)!);
        return schema.ReadToEnd();
    }
}
