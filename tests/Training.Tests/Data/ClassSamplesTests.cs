using Experiments.Training.Data;
using Xunit;

namespace Experiments.Training.Tests.Data;

public sealed class ClassSamplesTests
{
    [Fact]
    public void TheFirstOfEachClassAreFoundAndFewerWhereThereAreFewer() =>
        Assert.Equal([[1, 4], [0, 2], [], [3]], ClassSamples.First([1, 0, 1, 3, 0, 0, 1], classes: 4, perClass: 2));
}
