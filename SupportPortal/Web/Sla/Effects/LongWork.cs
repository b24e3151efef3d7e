using SupportPortal.Application.Tickets;

namespace SupportPortal.Web.Sla.Effects;

/// <summary>Work on many tickets that a page waits for: off its circuit, with its progress, and ended by the person or with the page.</summary>
/// <param name="changed">Draws the page anew.</param>
public sealed class LongWork(Action changed) : IDisposable
{
    private CancellationTokenSource? _stop;

    /// <summary>Whether it is under way.</summary>
    public bool IsRunning => _stop is not null;

    /// <summary>How far it is; null before the first word of it.</summary>
    public Progress? Progress { get; private set; }

    /// <summary>Does the work; answers nothing when it was stopped, or when other work is under way.</summary>
    public async Task<T?> RunAsync<T>(Func<IProgress<Progress>, CancellationToken, Task<T>> work)
    {
        if (IsRunning) return default;
        using var stop = _stop = new CancellationTokenSource();
        Progress = null;
        var progress = new Progress<Progress>(Tell); // Comes back to the circuit.
        try
        {
            return await Task.Run(() => work(progress, stop.Token), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return default;
        }
        finally
        {
            _stop = null;
        }

        void Tell(Progress now)
        {
            if (_stop != stop || stop.IsCancellationRequested) return;
            Progress = now;
            changed();
        }
    }

    /// <summary>Stops it: what is done is done.</summary>
    public void Stop() => _stop?.Cancel();

    /// <summary>The page has gone.</summary>
    public void Dispose() => Stop();
}
