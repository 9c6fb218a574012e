using System.Buffers.Binary;
using System.Numerics;

namespace Experiments.TensorBoard.EventFiles;

/// <summary>The checksum of TensorFlow's record files: a CRC-32C, rotated and shifted, so that the checksum of data that hold one is another.</summary>
internal static class MaskedCrc
{
    private const uint Shift = 0xA282EAD8;

    public static uint Of(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        }

        foreach (byte value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return unchecked(BitOperations.RotateRight(~crc, 15) + Shift);
    }
}
