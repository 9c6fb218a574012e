using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Processes;

namespace Experiments.Client.Tests.Doctor;

/// <summary>What the built client's doctor says, read from its JSON.</summary>
internal sealed record Diagnosis(int ExitCode, IReadOnlyDictionary<string, (string Status, string Seen, string? Remedy)> Checks, string Errors)
{
    private const int Attempts = 10;

    public static async Task<Diagnosis> Of(string folder, (string Name, string Value)[] variables, params string[] arguments)
    {
        var result = await ClientProcess.Run(folder, variables, ["doctor", "--json", .. arguments]);
        try
        {
            return new(
                result.ExitCode,
                JsonNode.Parse(result.Output)!["checks"]!.AsArray().ToDictionary(check => (string)check!["name"]!, check => ((string)check!["status"]!, (string)check["seen"]!, (string?)check["remedy"])),
                result.Errors);
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"No JSON came: {result}");
        }
    }

    /// <summary>Asks again where a check does not say what is expected: on a machine that is busy with other tests it may not come to it in time.</summary>
    /// <param name="expected">Name of a check, its status, and a part of what it says.</param>
    public static async Task<Diagnosis> Until(string folder, (string Name, string Value)[] variables, (string Name, string Status, string Part)[] expected, params string[] arguments)
    {
        for (int attempt = 1; ; attempt++)
        {
            var diagnosis = await Of(folder, variables, arguments);
            if (attempt == Attempts || expected.All(diagnosis.Says))
            {
                Assert.All(expected, one => Assert.True(diagnosis.Says(one), $"expected {one}, in {diagnosis}"));
                Assert.All(diagnosis.Checks.Values, check => Assert.Equal(check.Status == "Ok", check.Remedy is null));
                Assert.Empty(diagnosis.Errors);
                return diagnosis;
            }
        }
    }

    public override string ToString() => string.Join('\n', Checks.Select(check => $"{check.Key}: {check.Value}").Prepend($"exit code {ExitCode}"));

    private bool Says((string Name, string Status, string Part) expected) =>
        Checks.TryGetValue(expected.Name, out var check) && check.Status == expected.Status && $"{check.Seen} {check.Remedy}".Contains(expected.Part, StringComparison.Ordinal);
}
