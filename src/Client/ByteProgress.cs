using Spectre.Console;

namespace Experiments.Client;

/// <summary>Shows how many bytes have gone: one line that is redrawn on a terminal, else a line on standard error every two seconds and at the end.</summary>
internal sealed class ByteProgress : IAsyncDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200), Period = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _ended = new();
    private readonly Task _showing;
    private readonly Func<long, string> _line;
    private long _gone;

    /// <param name="line">Of the bytes that have gone so far.</param>
    public ByteProgress(Func<long, string> line, Output output)
    {
        _line = line;
        _showing = output.IsPlain ? Show(Period, () => Console.Error.WriteLine(Line())) : ShowLive(output);
    }

    /// <summary>May be called on any thread.</summary>
    public void Add(int bytes) => Interlocked.Add(ref _gone, bytes);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _showing;
        _ended.Dispose();
    }

    private Task ShowLive(Output output) => output.People.Live(new Spectre.Console.Text(Line())).StartAsync(async live =>
    {
        await Show(Redraw, () => live.UpdateTarget(new Spectre.Console.Text(Line())));
    });

    private async Task Show(TimeSpan period, Action show)
    {
        using var timer = new PeriodicTimer(period);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                show();
            }
        }
        catch (OperationCanceledException)
        {
            show();
        }
    }

    private string Line() => _line(Interlocked.Read(ref _gone));
}
