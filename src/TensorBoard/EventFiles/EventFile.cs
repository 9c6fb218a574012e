using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;
using Tensorboard;

namespace Experiments.TensorBoard.EventFiles;

/// <summary>
/// A file of events as TensorBoard reads it: a record for each, of its length, the length's checksum, the event and its checksum. Not written by
/// TorchSharp's writer: that dates a file by its ticks as if they were seconds, other events to whole seconds, calls libtorch for a checksum,
/// opens the file anew for every event, and has no way to write a hyperparameter.
/// </summary>
internal static class EventFile
{
    private const string Version = "brain.Event:2";

    /// <summary>By it, files of this program are told from those of others, which end in a number or <c>.v2</c>.</summary>
    private const string Suffix = ".experiments";

    private const string Prefix = "events.out.tfevents.";

    /// <summary>Names of all files of this program.</summary>
    public const string NamePattern = Prefix + "*" + Suffix;

    /// <summary>TensorBoard reads the files of a folder in the order of their names, and a file no more once it has read it.</summary>
    public static string Name(DateTimeOffset writtenAt) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{writtenAt.ToUnixTimeSeconds():D10}{Suffix}");

    /// <param name="start">The time of the first event, by which TensorBoard sorts runs.</param>
    public static void Write(Stream file, DateTimeOffset start, IEnumerable<Event> events)
    {
        double seconds = start.ToUnixSeconds();
        Write(file, new Event { WallTime = seconds, FileVersion = Version });

        // A TensorBoard that has the folder open forgets what it has read of the run so far.
        Write(file, new Event { WallTime = seconds, SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start } });
        foreach (var one in events)
        {
            Write(file, one);
        }
    }

    private static void Write(Stream file, Event one)
    {
        byte[] data = one.ToByteArray();
        Span<byte> length = stackalloc byte[sizeof(ulong)], checksum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        file.Write(length);
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, MaskedCrc.Of(length));
        file.Write(checksum);
        file.Write(data);
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, MaskedCrc.Of(data));
        file.Write(checksum);
    }
}
