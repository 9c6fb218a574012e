namespace Experiments.Client.Doctor.Machine;

/// <summary>A version with as much of its commit as tells it from others.</summary>
internal static class ShortVersion
{
    private const int Digits = 8;

    public static string Of(string version) => version.Split('+') is [var number, { Length: > Digits } commit] ? $"{number}+{commit[..Digits]}" : version;
}
