using System.Buffers.Binary;

namespace Experiments.TensorBoard.Tests.Reading;

/// <summary>TensorFlow's record format: length (8 bytes, little-endian), its checksum, the data, their checksum.</summary>
internal static class RecordFile
{
    private const uint Castagnoli = 0x82F63B78;

    /// <returns>The data of each record, of which both checksums are right.</returns>
    public static List<byte[]> Read(string path)
    {
        var records = new List<byte[]>();
        ReadOnlySpan<byte> file = File.ReadAllBytes(path);
        while (!file.IsEmpty)
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file));
            Assert.Equal(Masked(file[..8]), BinaryPrimitives.ReadUInt32LittleEndian(file[8..]));
            byte[] data = file.Slice(12, length).ToArray();
            Assert.Equal(Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(file[(12 + length)..]));
            records.Add(data);
            file = file[(16 + length)..];
        }

        return records;
    }

    /// <summary>Bit by bit, as the polynomial defines it.</summary>
    public static uint Masked(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * Castagnoli);
            }
        }

        crc = ~crc;
        return unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8);
    }
}
