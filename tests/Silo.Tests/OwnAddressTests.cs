using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Experiments.Silo.Tests;

public sealed class OwnAddressTests
{
    private const string Rest = "Database=experiments;Username=someone;Password=secret";

    private static readonly IPAddress[] Own =
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork),
    ];

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("[::1]", "::1")]
    [InlineData("nowhere.invalid,127.0.0.1:5433", "127.0.0.1")]
    [InlineData("/var/run/postgresql", "127.0.0.1")]
    public void TheDatabaseIsReachedFromHere(string host, string expected) =>
        Assert.Contains(OwnAddress.Of("auto", $"Host={host};{Rest}"), (IPAddress[])[IPAddress.Parse(expected), .. host == "localhost" ? [IPAddress.IPv6Loopback] : Array.Empty<IPAddress>()]);

    [Fact]
    public void ADatabaseOfAnotherMachineIsReachedFromTheAddressThatOthersSee()
    {
        Assert.SkipWhen(Own.Length == 0, "This machine has no network.");

        // Of the addresses that RFC 5737 keeps for documentation: the way there is the way to anywhere, and nothing is sent.
        Assert.Contains(OwnAddress.Of("auto", $"Host=198.51.100.7;{Rest}"), Own);
    }

    [Fact]
    public void AnAddressOfThisMachinesIsTakenAsItIs()
    {
        Assert.Equal(IPAddress.Parse("127.4.5.6"), OwnAddress.Of("127.4.5.6", cluster: null));
        Assert.True(IPAddress.IsLoopback(OwnAddress.Of("localhost", cluster: null)));
    }

    [Fact]
    public void AHostOfNoAddressIsNamedAndThePasswordIsNot()
    {
        string told = Assert.Throws<StorageUnavailableException>(() => OwnAddress.Of("auto", $"Host=nowhere.invalid;{Rest}")).Message;

        Assert.StartsWith("No way leads from this machine to the database's host 'nowhere.invalid' (", told, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto", "Name the database with --cluster")]
    [InlineData("0.0.0.0", "give the IP address or the name of this machine")]
    [InlineData("::", "give the IP address or the name of this machine")]
    [InlineData("nowhere.invalid", "the name has no address (")]
    public void WhatCannotBeUsedIsToldWithTheRemedy(string given, string told) =>
        Assert.StartsWith($"--address {given}: ", Refused(given, told), StringComparison.Ordinal);

    [Fact]
    public void AMachinesNameThatLeadsNowhereButToItselfIsRefused()
    {
        string name = Dns.GetHostName();
        if (Dns.GetHostAddresses(name).All(IPAddress.IsLoopback))
        {
            Refused(name, "which no other machine reaches");
        }
        else
        {
            Assert.Contains(OwnAddress.Of(name, cluster: null), Dns.GetHostAddresses(name));
        }
    }

    private static string Refused(string given, string told)
    {
        string message = Assert.Throws<SiloOptionException>(() => OwnAddress.Of(given, cluster: null)).Message;
        Assert.Contains(told, message, StringComparison.Ordinal);
        return message;
    }
}
