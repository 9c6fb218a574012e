namespace Experiments.GridFiles;

/// <summary>A section of the grid file, such as <c>training</c>, and the sections in it, as maps on one line.</summary>
internal static class SectionYaml
{
    public static bool IsIn(string section, string key) => key.StartsWith(section + ".", StringComparison.Ordinal);

    public static bool IsOfModel(string key) => key == "model" || IsIn("model", key);

    /// <param name="values">By keys in full, all of them in the section.</param>
    /// <returns>Empty where there is nothing to say.</returns>
    public static string Of(string section, IEnumerable<(string Key, string Value)> values) => Map(values
        .GroupBy(value => value.Key[(section.Length + 1)..].Split('.')[0], StringComparer.Ordinal)
        .Select(part => $"{part.Key}: {(IsIn($"{section}.{part.Key}", part.First().Key) ? Of($"{section}.{part.Key}", part) : part.Single().Value)}"));

    /// <returns>Empty where there are no entries.</returns>
    public static string Map(IEnumerable<string> entries) => string.Join(", ", entries) is { Length: > 0 } text ? $"{{ {text} }}" : "";
}
