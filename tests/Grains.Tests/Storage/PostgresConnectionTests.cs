using Experiments.Clustering;

namespace Experiments.Grains.Tests.Storage;

public sealed class PostgresConnectionTests
{
    [Fact]
    public void WhatIsLeftOpenIsOurs()
    {
        var connection = PostgresConnection.Parse("Host=db.example;Database=experiments");

        Assert.Equal((20, 100, true, "experiments"), (connection.MaxPoolSize, connection.MaxAutoPrepare, connection.NoResetOnClose, connection.ApplicationName));
    }

    [Theory]
    [InlineData("Maximum Pool Size=7;Max Auto Prepare=0;No Reset On Close=false;Application Name=mine")]
    [InlineData("MaxPoolSize=7;MaxAutoPrepare=0;NoResetOnClose=false;ApplicationName=mine")]
    public void WhatIsGivenIsTheUsers(string given)
    {
        var connection = PostgresConnection.Parse($"Host=db.example;Database=experiments;{given}");

        Assert.Equal((7, 0, false, "mine"), (connection.MaxPoolSize, connection.MaxAutoPrepare, connection.NoResetOnClose, connection.ApplicationName));
    }
}
