using System.Collections.Immutable;
using System.Text.Json;

namespace Experiments;

/// <summary>What is no number, as grid files, JSON and screens write it.</summary>
public static class Word
{
    /// <summary>A member of an enumeration, such as <c>validationLoss</c>.</summary>
    public static string Of<T>(T member)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(member.ToString());

    public static string Of(bool value) => value ? "true" : "false";

    /// <summary>The words of all members, in their order.</summary>
    public static ImmutableArray<string> All<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];
}
