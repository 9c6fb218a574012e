using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Experiments.GridFiles;

/// <summary>
/// Writes a grid as a file that resolves to it. What came of one file comes out the same, to the variants. Where several files were joined
/// under one name, names and configurations do, and a variant may get the name of its first experiment; an experiment that joined with
/// another split than the grid's shows it in its name.
/// </summary>
public static class GridYaml
{
    /// <remarks>Of data of the user's own the SHA-256 stands in it where they are stored, else their files; what reading the built-in data tells does not.</remarks>
    public static string Of(GridDefinition grid)
    {
        var plans = PlanFinder.Find(grid.Experiments);
        var common = CommonAxes(plans);
        var values = CommonValues(plans);
        var yaml = new StringBuilder();
        Line(yaml, "name: ", YamlScalarText.Of(grid.Name));
        yaml.Append(DatasetYaml.Of(grid.Dataset));
        Line(yaml, "split: ", NotUsual("split", values));
        Line(yaml, "training: ", NotUsual("training", values));
        bool isOneModel = plans.All(plan => Equals(plan.Config.Model, plans[0].Config.Model));
        if (isOneModel) yaml.Append(ModelYaml.Of(plans[0].Config.Model, key => plans.All(plan => plan.IsAxis(key)), indent: ""));
        if (grid.Priority != 0) Line(yaml, "priority: ", Text(grid.Priority));
        if (grid.MaxParallel is { } parallel) Line(yaml, "maxParallel: ", Text(parallel));
        if (grid.MaxAttempts != Usual.MaxAttempts) Line(yaml, "maxAttempts: ", Text(grid.MaxAttempts));
        yaml.Append("experiments:\n");
        foreach (var plan in plans)
        {
            Line(yaml, "  - name: ", YamlScalarText.Of(plan.Name));
            Line(yaml, "    training: ", SectionYaml.Of("training", Own("training", plan, values)));
            if (!isOneModel) yaml.Append(ModelYaml.Of(plan.Config.Model, plan.IsAxis, indent: "    "));
            Line(yaml, "    dropout: ", Dropout(plan, values));
            Line(yaml, "    matrix: ", SectionYaml.Map(plan.Matrix.SkipLast(common.Length).Select(Entry)));
        }

        Line(yaml, "matrix: ", SectionYaml.Map(common.Select(Entry)));
        return yaml.ToString();
    }

    private static readonly GridDefinition Usual = new() { Name = "", Dataset = new DatasetReference { Name = "" }, Experiments = [] };

    /// <summary>The last axes that all plans have, which the grid's matrix says once.</summary>
    private static ImmutableArray<WrittenAxis> CommonAxes(ImmutableArray<WrittenPlan> plans)
    {
        int count = 0;
        while (plans.Length > 1 && plans.All(plan => plan.Matrix.Length > count && plan.Matrix[^(count + 1)] == plans[0].Matrix[^(count + 1)])) count++;
        return [.. plans[0].Matrix.TakeLast(count)];
    }

    /// <summary>What the grid says of each key: what all have for whom no matrix does, else the default.</summary>
    private static Dictionary<string, string> CommonValues(ImmutableArray<WrittenPlan> plans) => ConfigText.Single.ToDictionary(key => key.Name, key =>
    {
        string?[] written = [.. plans.Where(plan => !plan.IsAxis(key.Name)).Select(plan => key.Text(plan.Config)).Distinct(StringComparer.Ordinal)];
        // A grid has no dropout of its own.
        return written is [{ } text] && !SectionYaml.IsIn("dropout", key.Name) ? text : UsualOf(key);
    });

    private static string NotUsual(string section, Dictionary<string, string> values) => SectionYaml.Of(section, ConfigText.Single
        .Where(key => SectionYaml.IsIn(section, key.Name) && values[key.Name] != UsualOf(key))
        .Select(key => (key.Name, values[key.Name])));

    private static IEnumerable<(string Key, string Value)> Own(string section, WrittenPlan plan, Dictionary<string, string> values) =>
        from key in ConfigText.Single
        where SectionYaml.IsIn(section, key.Name) && !plan.IsAxis(key.Name) && HasEffect(key.Name, plan)
        let text = key.Text(plan.Config)
        where text is not null && text != values[key.Name]
        select (key.Name, text);

    private static string Dropout(WrittenPlan plan, Dictionary<string, string> values)
    {
        (string, string)[] rates = [.. Own("dropout", plan, values)];
        return rates.Length == 4 && ConfigText.Of(plan.Config, "dropout") is { } rate ? rate : SectionYaml.Of("dropout", rates);
    }

    /// <summary>What joined a grid may have it from another grid file, in which it served other experiments.</summary>
    private static bool HasEffect(string key, WrittenPlan plan) =>
        ConditionalKey.All.FirstOrDefault(conditional => conditional.Key == key) is not { } found || found.HasEffect(plan.Config) || plan.IsAxis(found.By);

    private static string UsualOf(ConfigKey key) => key.Text(new ExperimentConfig())!;

    private static string Entry(WrittenAxis axis) => $"{axis.Key}: [{string.Join(", ", axis.Values)}]";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder yaml, string key, string value)
    {
        if (value.Length > 0) yaml.Append(key).Append(value).Append('\n');
    }
}
