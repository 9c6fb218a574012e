using System.Text.Json.Serialization.Metadata;

namespace Experiments.Reports;

/// <summary>Which members of results.json and of other JSON are left out where they are not known; every other one is written, as null if need be.</summary>
internal static class Absences
{
    private static readonly Dictionary<Type, string[]> Members = new()
    {
        [typeof(ExperimentSnapshot)] = ["test", "classificationReport", "confusionMatrix", "weightsSha256", "environment", "annotation"],
        [typeof(ExperimentRow)] = ["annotation"],
        [typeof(GridOverview)] = ["annotation"],
        [typeof(GridHead)] = ["annotation"],
    };

    public static void Apply(JsonTypeInfo type)
    {
        if (Members.TryGetValue(type.Type, out string[]? absent))
        {
            foreach (var member in type.Properties.Where(member => absent.Contains(member.Name)))
                member.ShouldSerialize = (_, value) => value is not null;
        }
        else if (type.Type == typeof(DatasetReference))
        {
            foreach (var member in type.Properties)
            {
                // Where the data lie is nobody else's business: the checksum tells which they are.
                member.ShouldSerialize = member.Name is "files" or "isStored" ? (_, _) => false : (_, value) => value is not "";
            }
        }
    }
}
