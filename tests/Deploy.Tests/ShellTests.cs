namespace Experiments.Deploy.Tests;

public sealed class ShellTests
{
    [Fact]
    public async Task ScriptsHoldNoneOfTheUsualMistakes()
    {
        string[] scripts = Directory.GetFiles(Repository.Deploy(), "*.sh", SearchOption.AllDirectories);
        Assert.NotEmpty(scripts);
        await Tool.ShellCheck.Run(scripts);
    }
}
