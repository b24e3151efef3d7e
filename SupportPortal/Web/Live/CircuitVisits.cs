using Microsoft.AspNetCore.Components.Server.Circuits;
using SupportPortal.Application.Live;

namespace SupportPortal.Web.Live;

/// <summary>
/// The tickets that a circuit has open. Blazor keeps a circuit for minutes after its connection dropped; for others, whoever is
/// cut off is gone at once, and there again with the connection.
/// </summary>
public sealed class CircuitVisits(Presence presence) : CircuitHandler
{
    private readonly Lock _lock = new();
    private readonly List<Visit> _visits = [];
    private bool _isDown;

    /// <summary>The circuit shows the ticket to this person until the visit is disposed.</summary>
    public Visit Enter(long ticketId, string personId)
    {
        lock (_lock)
        {
            var visit = presence.Enter(ticketId, personId);
            if (_isDown) visit.Drop();
            _visits.RemoveAll(old => old.HasLeft);
            _visits.Add(visit);
            return visit;
        }
    }

    /// <inheritdoc/>
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => EachAsync(visit => visit.Drop(), isDown: true);

    /// <inheritdoc/>
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => EachAsync(visit => visit.Return(), isDown: false);

    /// <inheritdoc/>
    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken) => EachAsync(visit => visit.Dispose(), isDown: true);

    private Task EachAsync(Action<Visit> act, bool isDown)
    {
        lock (_lock)
        {
            _isDown = isDown;
            _visits.ForEach(act);
        }

        return Task.CompletedTask;
    }
}
