using Spectre.Console;

namespace Experiments.Client;

/// <summary>Where a verb's words go. With --json only JSON is on standard output, and everything else on standard error.</summary>
internal sealed class Output
{
    /// <summary>Wide enough that no table is folded where nobody has told how wide a line is.</summary>
    private const int UnknownWidth = 240;

    public Output(bool json)
    {
        IsJson = json;
        bool redirected = json ? Console.IsErrorRedirected : Console.IsOutputRedirected;
        IsPlain = redirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        People = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = IsPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(json ? Console.Error : Console.Out),
        });
        if (redirected)
        {
            People.Profile.Width = UnknownWidth;
        }
    }

    public bool IsJson { get; }

    /// <summary>Whether there may be neither colour nor redrawing.</summary>
    public bool IsPlain { get; }

    public IAnsiConsole People { get; }

    /// <summary>A line as it is, whatever brackets it holds; the console folds none.</summary>
    public void Line(string text = "") => People.WriteLine(text);

    public static void Json(string json) => Console.Out.WriteLine(json);
}
