using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Experiments.Training.Tests.Checkpoints;

/// <summary>Changes of a safetensors file that know its parts: the length, the header's words, the ranges, the content.</summary>
internal static partial class FuzzedFile
{
    private const int LengthBytes = 8;

    private static readonly string[] Numbers =
    [
        "0", "1", "4", "8", "-0", "-1", "01", "1.0", "1e0", "4294967296", "2147483647", "2147483648", "4611686018427387904", "9223372036854775807", "9223372036854775808",
        "18446744073709551615", "18446744073709551616", "1e999", "-9223372036854775808", new('9', 200),
    ];

    private static readonly string[] Words =
    [
        "\"\"", "\"F32\"", "\"F64\"", "\"BF16\"", "\"f32\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"__metadata__\"", "\"\\u005f_metadata__\"", "\"x\"", "\"\\u0078\"",
        "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"ä€\"", "null", "true", "[]", "{}", "[", "]", "{", "}", ",", ":", "\"", "//", new('[', 100),
    ];

    private static readonly string[] Texts = [.. Words.Where(word => word.Length > 1 && word[0] == '"')];

    /// <returns>None to three changes of the file; it may still be well-formed.</returns>
    /// <param name="other">What it is spliced with.</param>
    public static byte[] Some(byte[] file, byte[] other, Random random)
    {
        for (int change = random.Next(4); change > 0; change--)
        {
            file = Change(file, other, random);
        }

        return file;
    }

    private static byte[] Change(byte[] file, byte[] other, Random random)
    {
        if (!IsWhole(file) || random.Next(8) == 0)
        {
            return file.Length == 0 ? [.. other] : Damage.Some(file, file.Length, random);
        }

        var (header, content) = Parts(file);
        return random.Next(12) switch
        {
            < 6 => Join(WordsChanged(header, random), content),
            6 => Join(header, ContentChanged(content, random)),
            7 => LengthChanged(file, random),
            8 => Join(Padded(header, random), content),
            9 => file[..random.Next(file.Length)],
            10 when IsWhole(other) => random.Next(2) == 0 ? Join(header, Parts(other).Content) : Join(Parts(other).Header, content),
            _ => [.. file[..random.Next(file.Length)], .. other[random.Next(other.Length)..]],
        };
    }

    private static bool IsWhole(byte[] file) => file.Length > LengthBytes && BitConverter.ToUInt64(file) <= (ulong)(file.Length - LengthBytes);

    private static (string Header, byte[] Content) Parts(byte[] file)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        return (Encoding.UTF8.GetString(file, LengthBytes, length), file[(LengthBytes + length)..]);
    }

    private static byte[] Join(string header, byte[] content)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((long)json.Length), .. json, .. content];
    }

    private static string WordsChanged(string json, Random random)
    {
        List<string> words = [.. Token().Matches(json).Select(match => match.Value)];
        if (words.Count == 0)
        {
            return Words[random.Next(Words.Length)];
        }

        int at = random.Next(words.Count);
        switch (random.Next(12))
        {
            case 0:
                words.RemoveAt(at);
                break;
            case 1:
                words.Insert(at, words[random.Next(words.Count)]);
                break;
            case 2:
                words.Insert(at, random.Next(2) == 0 ? Words[random.Next(Words.Length)] : " \t\n\r"[random.Next(4)].ToString());
                break;
            case 3:
                Exchange(words, word => word.StartsWith('"'), random);
                break;
            case 4:
                Exchange(words, word => char.IsAsciiDigit(word[0]), random);
                break;
            case 5:
                return RangesExchanged(json, random);
            case 6:
                return MemberRepeatedOrMoved(json, random);
            case 7 or 8:
                return InnerChanged(words, random);
            case 9:
                PairInserted(words, random);
                break;
            default:
                Replace(words, at, random);
                break;
        }

        return string.Concat(words);
    }

    private static void Replace(List<string> words, int at, Random random)
    {
        int[] numbers = Places(words, word => char.IsAsciiDigit(word[0])), texts = Places(words, word => word.StartsWith('"'));
        if (texts.Length > 0 && random.Next(3) == 0)
        {
            words[texts[random.Next(texts.Length)]] = Texts[random.Next(Texts.Length)];
            return;
        }

        if (numbers.Length == 0 || random.Next(3) == 0)
        {
            words[at] = Words[random.Next(Words.Length)];
            return;
        }

        at = numbers[random.Next(numbers.Length)];
        words[at] = random.Next(2) == 0 && long.TryParse(words[at], out long number) && number < int.MaxValue
            ? FormattableString.Invariant($"{number + random.Next(-8, 9)}")
            : Numbers[random.Next(Numbers.Length)];
    }

    private static void Exchange(List<string> words, Func<string, bool> alike, Random random)
    {
        int[] places = Places(words, alike);
        if (places.Length > 0)
        {
            int first = places[random.Next(places.Length)], second = places[random.Next(places.Length)];
            (words[first], words[second]) = (words[second], words[first]);
        }
    }

    /// <summary>An object has one key more.</summary>
    private static void PairInserted(List<string> words, Random random)
    {
        int[] objects = Places(words, word => word == "{");
        if (objects.Length > 0)
        {
            int at = objects[random.Next(objects.Length)] + 1;
            words.InsertRange(at, [Words[random.Next(Words.Length)], ":", random.Next(2) == 0 ? "\"x\"" : "1", at < words.Count && words[at] == "}" ? "" : ","]);
        }
    }

    private static int[] Places(List<string> words, Func<string, bool> alike) => [.. Enumerable.Range(0, words.Count).Where(i => alike(words[i]))];

    /// <summary>Two ranges change places, or one is given twice.</summary>
    private static string RangesExchanged(string json, Random random)
    {
        var ranges = Range().Matches(json);
        if (ranges.Count == 0)
        {
            return json;
        }

        int first = random.Next(ranges.Count), second = random.Next(ranges.Count), i = 0;
        bool twice = random.Next(2) == 0;
        return Range().Replace(json, range => i++ is var at && at == first ? ranges[second].Value : at == second && !twice ? ranges[first].Value : range.Value);
    }

    /// <summary>A tensor with all that belongs to it is named twice, is left out, or comes first.</summary>
    private static string MemberRepeatedOrMoved(string json, Random random)
    {
        var members = Member().Matches(json);
        if (members.Count == 0)
        {
            return json;
        }

        var member = members[random.Next(members.Count)];
        string without = json.Remove(member.Index, member.Length).Replace(",,", ",", StringComparison.Ordinal).Replace("{,", "{", StringComparison.Ordinal).Replace(",}", "}", StringComparison.Ordinal);
        return random.Next(3) switch
        {
            0 => json.Insert(member.Index, $"{member.Value},"),
            1 => without,
            _ => without.Length > 2 ? without.Insert(1, $"{member.Value},") : json,
        };
    }

    /// <summary>The words of a text that holds JSON itself, as a checkpoint's metadata do.</summary>
    private static string InnerChanged(List<string> words, Random random)
    {
        int[] texts = Places(words, word => word.StartsWith("\"{", StringComparison.Ordinal) && IsText(word));
        if (texts.Length > 0)
        {
            int at = texts[random.Next(texts.Length)];
            words[at] = JsonSerializer.Serialize(WordsChanged(JsonSerializer.Deserialize<string>(words[at])!, random));
        }

        return string.Concat(words);
    }

    private static bool IsText(string word)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(word) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[] ContentChanged(byte[] content, Random random) => random.Next(3) switch
    {
        0 => [.. content, .. new byte[random.Next(1, 9)]],
        1 when content.Length > 0 => content[..random.Next(content.Length)],
        _ when content.Length > 0 => Damage.Flip(content, random.Next(content.Length), random),
        _ => content,
    };

    private static byte[] LengthChanged(byte[] file, Random random)
    {
        long length = BitConverter.ToInt64(file);
        long claimed = random.Next(5) switch
        {
            0 => length + random.Next(-16, 17),
            1 => length + (1L << random.Next(8, 63)),
            2 => -length,
            3 => random.NextInt64(long.MinValue, long.MaxValue),
            _ => random.Next(file.Length),
        };
        return [.. BitConverter.GetBytes(claimed), .. file[LengthBytes..]];
    }

    private static string Padded(string header, Random random) => random.Next(6) switch
    {
        0 => $" {header}",
        1 => $"{header}\t",
        2 => $"{header}\n",
        3 => $"\uFEFF{header}",
        4 => $"{header}\0",
        _ => header + new string(' ', random.Next(20)),
    };

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|.
        """, RegexOptions.Singleline)]
    private static partial Regex Token();

    [GeneratedRegex("""(?<="data_offsets":)\[[^\]]*\]""")]
    private static partial Regex Range();

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*":\{[^{}]*\}
        """)]
    private static partial Regex Member();
}
