using Experiments.Dashboard.Submitting;

namespace Experiments.Dashboard.Tests;

public sealed class GridClonesTests
{
    [Theory]
    [InlineData("night", "night-2", "night")]
    [InlineData("night", "night-4", "night", "night-2", "night-3")]
    [InlineData("night-2", "night-3", "night", "night-2")]
    [InlineData("2026-11-26", "2026-11-26-2", "2026-11-26")]
    [InlineData("-7", "-7-2", "-7")]
    public void A_clone_has_the_first_name_that_is_free(string name, string expected, params string[] taken) => Assert.Equal(expected, GridClones.FreeName(name, [.. taken]));

    [Fact]
    public void A_name_of_the_greatest_length_is_cut()
    {
        string name = new('a', 100);

        Assert.Equal($"{new string('a', 98)}-2", GridClones.FreeName(name, [name]));
    }
}
