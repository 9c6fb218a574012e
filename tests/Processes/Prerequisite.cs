using System.Diagnostics.CodeAnalysis;
using Xunit;

namespace Experiments.Processes;

/// <summary>What a test asks of its machine. Where that is missing the test is skipped, and fails in CI, where nothing may be.</summary>
internal static class Prerequisite
{
    /// <param name="remedy">How the program is installed.</param>
    public static void Program(string program, string remedy) => Met(ProgramPath.Find(program) is not null, $"{program} is not installed: {remedy}.");

    /// <param name="otherwise">What is missing, and how it is had.</param>
    public static void Met([DoesNotReturnIf(false)] bool condition, string otherwise)
    {
        if (!condition)
        {
            Assert.True(Environment.GetEnvironmentVariable("CI") != "true", otherwise);
            Assert.Skip(otherwise);
        }
    }
}
