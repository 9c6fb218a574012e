using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Experiments.Training.Tests.Checkpoints;

/// <summary>
/// What a safetensors file of 32-bit floats must be, written once more from the format's description, by other means than the program's:
/// a grammar of the header instead of a JSON reader, and a count for each byte instead of sorted ranges. Strict at the cost of speed.
/// </summary>
internal sealed class StrictReading
{
    private const int LongestHeader = 1 << 20, MostDigits = 19;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _file;
    private readonly int _end;
    private int _at = 8;

    private StrictReading(byte[] file)
    {
        _file = file;
        Must(file.Length >= 8);
        ulong length = BitConverter.ToUInt64(file);
        Must(length <= LongestHeader && length + 8 <= (ulong)file.Length);
        _end = 8 + (int)length;

        Members(name =>
        {
            if (name == "__metadata__")
            {
                Members(key => Metadata.Add(key, Text()));
                return;
            }

            Must(name.Length > 0);
            Tensors.Add(name, Tensor());
        });
        Must(_file[_at.._end].All(padding => padding == ' '));
        Cover();
    }

    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>Sizes, place in the content and values, bit for bit.</summary>
    public Dictionary<string, (long[] Shape, int Start, uint[] Values)> Tensors { get; } = [];

    /// <returns>Null where the file is malformed.</returns>
    public static StrictReading? Of(byte[] file)
    {
        try
        {
            return new StrictReading(file);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Each byte of the content belongs to one tensor, and none without values lies within another.</summary>
    private void Cover()
    {
        var owners = new int[_file.Length - _end];
        foreach (var (_, start, values) in Tensors.Values)
        {
            for (int i = start; i < start + (values.Length * sizeof(float)); i++)
                owners[i]++;
        }

        Must(owners.All(count => count == 1));
        int[] begins = [owners.Length, .. Tensors.Values.Where(tensor => tensor.Values.Length > 0).Select(tensor => tensor.Start)];
        Must(Tensors.Values.All(tensor => begins.Contains(tensor.Start)));
    }

    private (long[] Shape, int Start, uint[] Values) Tensor()
    {
        string? type = null;
        long[]? shape = null, offsets = null;
        Members(key =>
        {
            switch (key)
            {
                case "dtype": type = Text(); break;
                case "shape": shape = Numbers(); break;
                case "data_offsets": offsets = Numbers(); break;
                default: Must(false); break;
            }
        });
        Must(type == "F32" && shape is not null && offsets is [_, _]);
        var product = shape!.Where(size => size > 0).Aggregate(BigInteger.One, (product, size) => product * size);
        Must(product <= long.MaxValue);
        var bytes = shape!.Contains(0) ? 0 : 4 * product;
        Must(offsets![0] <= _file.Length - _end && offsets[1] <= _file.Length - _end && offsets[1] - offsets[0] == bytes);
        uint[] values = [.. Enumerable.Range(0, (int)bytes / 4).Select(i => BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(_end + (int)offsets[0] + (4 * i))))];
        return (shape!, (int)offsets[0], values);
    }

    /// <summary>An object, from its first bracket to its last.</summary>
    /// <param name="value">Reads the value of a key.</param>
    private void Members(Action<string> value)
    {
        var keys = new HashSet<string>();
        List('{', '}', () =>
        {
            string key = Text();
            Must(keys.Add(key));
            Space();
            Take(':');
            Space();
            value(key);
        });
    }

    private long[] Numbers()
    {
        var numbers = new List<long>();
        List('[', ']', () => numbers.Add(Number()));
        return [.. numbers];
    }

    private void List(char first, char last, Action item)
    {
        Take(first);
        Space();
        if (Next == last)
        {
            _at++;
            return;
        }

        while (true)
        {
            item();
            Space();
            if (Next == last)
            {
                _at++;
                return;
            }

            Take(',');
            Space();
        }
    }

    private long Number()
    {
        int start = _at;
        while (char.IsAsciiDigit(Next))
            _at++;
        string digits = Encoding.ASCII.GetString(_file[start.._at]);
        Must(digits.Length is > 0 and <= MostDigits && (digits == "0" || digits[0] != '0'));
        return long.TryParse(digits, out long number) ? number : throw new FormatException();
    }

    private string Text()
    {
        Take('"');
        var text = new StringBuilder();
        var raw = new List<byte>();
        while (Next != '"')
        {
            Must(Next >= ' ');
            if (Next != '\\')
            {
                raw.Add(_file[_at++]);
                continue;
            }

            Flush();
            _at++;
            text.Append(Escaped());
        }

        _at++;
        Flush();
        return text.ToString();

        void Flush()
        {
            try
            {
                text.Append(Utf8.GetString([.. raw]));
                raw.Clear();
            }
            catch (DecoderFallbackException)
            {
                Must(false);
            }
        }
    }

    private string Escaped()
    {
        char letter = Next;
        _at++;
        int plain = "\"\\/bfnrt".IndexOf(letter, StringComparison.Ordinal);
        if (plain >= 0)
            return "\"\\/\b\f\n\r\t"[plain].ToString();
        Must(letter == 'u');
        char unit = Unit();
        if (!char.IsSurrogate(unit))
            return unit.ToString();
        Take('\\');
        Take('u');
        char second = Unit();
        Must(char.IsSurrogatePair(unit, second));
        return $"{unit}{second}";
    }

    private char Unit()
    {
        int unit = 0;
        for (int i = 0; i < 4; i++)
        {
            Must(char.IsAsciiHexDigit(Next));
            unit = (unit << 4) + Convert.ToInt32(Next.ToString(), 16);
            _at++;
        }

        return (char)unit;
    }

    private void Space()
    {
        while (Next is ' ' or '\t' or '\n' or '\r')
            _at++;
    }

    private void Take(char expected)
    {
        Must(Next == expected);
        _at++;
    }

    /// <summary>The byte to come; refused where the header ends before it.</summary>
    private char Next => _at < _end ? (char)_file[_at] : throw new FormatException();

    private static void Must(bool holds)
    {
        if (!holds)
            throw new FormatException();
    }
}
