using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Experiments.GridFiles;

/// <summary>
/// YamlDotNet's parser, whose every failure is a <see cref="YamlException"/> with a place: on some malformed texts, such as
/// a list whose bracket is still open in the next line, its scanner throws what its own collections throw.
/// </summary>
internal sealed class YamlEvents(string yaml) : IParser
{
    private readonly Parser _parser = new(new StringReader(yaml));

    public ParsingEvent? Current => _parser.Current;

    public bool MoveNext()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            Mark mark = Current?.End ?? Mark.Empty;
            throw new YamlException(mark, mark, "what begins here cannot be read, as where a bracket is left open", e);
        }
    }
}
