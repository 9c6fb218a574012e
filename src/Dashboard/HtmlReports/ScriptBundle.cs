using System.Text;
using System.Text.RegularExpressions;

namespace Experiments.Dashboard.HtmlReports;

/// <summary>
/// A module and all it imports as a single one, for a page that must not fetch any: each becomes a function that gives its exports, after those it
/// imports. It knows the forms that our own modules are written in, imports of names on a line of their own and exports of declarations, and none else.
/// </summary>
internal static partial class ScriptBundle
{
    /// <param name="entry">Path of the module.</param>
    /// <param name="read">The text of a module, by its path relative to the same folder as <paramref name="entry"/>.</param>
    public static string Of(string entry, Func<string, string> read)
    {
        var bundle = new StringBuilder();
        Add(entry, read, bundle, []);
        return bundle.ToString();
    }

    private static void Add(string path, Func<string, string> read, StringBuilder bundle, HashSet<string> added)
    {
        if (!added.Add(path)) return;

        string module = read(path);
        foreach (Match import in Import().Matches(module)) Add(Resolve(path, import.Groups["path"].Value), read, bundle, added);

        var exports = Export().Matches(module).Select(export => export.Groups["name"].Value);
        string body = Import().Replace(module, import => $"const {{ {import.Groups["names"].Value} }} = {Variable(Resolve(path, import.Groups["path"].Value))};");
        bundle.Append($"const {Variable(path)} = (() => {{\n{Export().Replace(body, export => export.Groups["declaration"].Value)}\nreturn {{ {string.Join(", ", exports)} }};\n}})();\n");
    }

    private static string Resolve(string from, string path) => new Uri(new Uri("file:///" + from), path).AbsolutePath[1..];

    private static string Variable(string path) => "$" + NotOfName().Replace(path, "_");

    [GeneratedRegex(@"^import \{ (?<names>[\w, ]+) \} from '(?<path>[^']+)';$", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"^export (?<declaration>(async )?(const|function|class) (?<name>\w+))", RegexOptions.Multiline)]
    private static partial Regex Export();

    [GeneratedRegex(@"\W")]
    private static partial Regex NotOfName();
}
