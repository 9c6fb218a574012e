using System.Globalization;

namespace Experiments.Client.Datasets;

/// <summary>Shows how much of a dataset is sent.</summary>
internal static class UploadProgress
{
    /// <param name="toSend">Bytes of the <paramref name="length"/> that are not there already.</param>
    public static ByteProgress Start(string name, long length, long toSend, Output output)
    {
        if (output.IsPlain)
        {
            string before = toSend < length ? string.Create(CultureInfo.InvariantCulture, $" of {length / 1e6:F1}") : "";
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Dataset {name}: {toSend / 1e6:F1}{before} MB are to be sent."));
        }

        return new ByteProgress(sent => string.Create(CultureInfo.InvariantCulture, $"Dataset {name}: {sent / 1e6:F1} of {toSend / 1e6:F1} MB sent."), output);
    }
}
