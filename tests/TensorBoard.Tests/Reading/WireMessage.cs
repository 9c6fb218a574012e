using System.Buffers.Binary;
using System.Text;

namespace Experiments.TensorBoard.Tests.Reading;

/// <summary>A message as protobuf's wire format says it: numbered fields, read without the library and the messages that wrote it.</summary>
internal sealed class WireMessage
{
    private readonly List<(int Field, byte[] Bytes)> _fields = [];

    public WireMessage(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            ulong key = Varint(ref data);
            int length = (key & 7) switch
            {
                0 => 0,
                1 => sizeof(ulong),
                2 => checked((int)Varint(ref data)),
                5 => sizeof(uint),
                _ => throw new InvalidDataException($"Wire type {key & 7} of field {key >> 3} is none of today's."),
            };
            byte[] value = (key & 7) == 0 ? BitConverter.GetBytes(Varint(ref data)) : data[..length].ToArray();
            _fields.Add(((int)(key >> 3), value));
            data = data[length..];
        }
    }

    public bool Has(int field) => _fields.Any(one => one.Field == field);

    public IEnumerable<WireMessage> Messages(int field) => _fields.Where(one => one.Field == field).Select(one => new WireMessage(one.Bytes));

    public WireMessage Message(int field) => new(Bytes(field));

    /// <remarks>This and the following: what is not written is zero or empty.</remarks>
    public byte[] Bytes(int field) => _fields.LastOrDefault(one => one.Field == field).Bytes ?? [];

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public long Number(int field) => Has(field) ? BinaryPrimitives.ReadInt64LittleEndian(Bytes(field)) : 0;

    public double Double(int field) => Has(field) ? BinaryPrimitives.ReadDoubleLittleEndian(Bytes(field)) : 0;

    public float Float(int field) => Has(field) ? BinaryPrimitives.ReadSingleLittleEndian(Bytes(field)) : 0;

    private static ulong Varint(ref ReadOnlySpan<byte> data)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = data[0];
            data = data[1..];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
    }
}
