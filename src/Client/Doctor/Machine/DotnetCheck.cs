namespace Experiments.Client.Doctor.Machine;

/// <summary>The runtime is there, since it runs this; the SDK is needed to build alone.</summary>
internal static class DotnetCheck
{
    public static Finding Judge(DotnetReading dotnet)
    {
        var wanted = dotnet.WantedSdk;
        if (dotnet.Sdks.LastOrDefault(sdk => sdk.Major == wanted.Major && sdk.Minor == wanted.Minor && sdk >= wanted) is { } usable)
        {
            return Finding.Ok($".NET {dotnet.Runtime}, SDK {usable}.");
        }

        string seen = dotnet.Sdks.IsEmpty ? $".NET {dotnet.Runtime}, no SDK." : $".NET {dotnet.Runtime}, SDK {dotnet.Sdks[^1]}, where building wants {wanted.Major}.{wanted.Minor} from {wanted} on.";
        string remedy = $"To build Experiments, install the .NET {wanted.Major} SDK; to run what is built, nothing is missing.";
        return dotnet.IsInCheckout ? Finding.Fault(seen, remedy) : Finding.Note(seen, remedy);
    }
}
