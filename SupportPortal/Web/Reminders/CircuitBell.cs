using Microsoft.AspNetCore.Components.Server.Circuits;

namespace SupportPortal.Web.Reminders;

/// <summary>
/// A circuit's place among its person's tabs. Blazor keeps a circuit for minutes after its connection dropped: cut off, it leaves the word to
/// another tab, or to the next one, and hears with its connection what it was not told.
/// </summary>
public sealed class CircuitBell(OpenBells bells) : CircuitHandler
{
    private readonly Lock _lock = new();
    private OpenBells.Place? _place;
    private string? _personId;
    private bool _isDown;

    /// <summary>Called when the connection is back.</summary>
    public Action? Returned { get; set; }

    /// <summary>Whether this tab speaks.</summary>
    public bool Speaks
    {
        get
        {
            lock (_lock) return _place?.Speaks == true;
        }
    }

    /// <summary>The circuit shows this person's bell, until <see cref="Leave"/>.</summary>
    public void Enter(string personId)
    {
        lock (_lock)
        {
            _personId = personId;
            if (!_isDown) _place ??= bells.Enter(personId);
        }
    }

    /// <summary>It came to the front, or went behind another.</summary>
    public void Look(bool isVisible)
    {
        lock (_lock) _place?.Look(isVisible);
    }

    /// <summary>It shows the bell no longer.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            (_personId, Returned) = (null, null);
            Drop();
        }
    }

    /// <inheritdoc/>
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _isDown = true;
            Drop();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Action? returned;
        lock (_lock)
        {
            _isDown = false;
            if (_personId is not null) _place ??= bells.Enter(_personId);
            returned = _personId is null ? null : Returned;
        }

        returned?.Invoke();
        return Task.CompletedTask;
    }

    private void Drop()
    {
        _place?.Dispose();
        _place = null;
    }
}
