using System.Globalization;
using Spectre.Console;

namespace Experiments.Client.Datasets;

/// <summary>Shows what is sent: one line that is redrawn on a terminal, else a line on standard error when it begins, every two seconds and at its end.</summary>
internal sealed class UploadProgress : IAsyncDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200), Period = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _ended = new();
    private readonly Task _showing;
    private readonly string _name;
    private readonly long _toSend;
    private long _sent;

    /// <param name="toSend">Bytes of the <paramref name="length"/> that are not there already.</param>
    public UploadProgress(string name, long length, long toSend, Output output)
    {
        (_name, _toSend) = (name, toSend);
        if (output.IsPlain)
        {
            string before = toSend < length ? string.Create(CultureInfo.InvariantCulture, $" of {length / 1e6:F1}") : "";
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Dataset {name}: {toSend / 1e6:F1}{before} MB are to be sent."));
        }

        _showing = output.IsPlain ? Show(Period, () => Console.Error.WriteLine(Line())) : ShowLive(output);
    }

    public void Sent(int bytes) => Interlocked.Add(ref _sent, bytes);

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

    private string Line() => string.Create(
        CultureInfo.InvariantCulture, $"Dataset {_name}: {Interlocked.Read(ref _sent) / 1e6:F1} of {_toSend / 1e6:F1} MB sent.");
}
