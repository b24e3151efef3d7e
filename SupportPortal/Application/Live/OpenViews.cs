using SupportPortal.Application.Tickets;
using SupportPortal.Domain;

namespace SupportPortal.Application.Live;

/// <summary>Open tickets by filter: one view for everybody who watches through the same filter, kept as long as somebody does.</summary>
public sealed class OpenViews(OpenTickets tickets, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<OpenFilter, OpenView> _views = [];

    /// <summary>How many views are kept.</summary>
    public int Count => _views.Count;

    /// <summary>Begins to watch what fits a filter; its batches and snapshots hold nothing else. A ticket that fits no longer comes as a closed one.</summary>
    public TicketWatch Watch(OpenFilter filter, Func<OpenSnapshot, TicketBatch, bool>? concerns = null)
    {
        if (filter == OpenFilter.Everything) return tickets.Watch(concerns);
        lock (_lock)
        {
            if (!_views.TryGetValue(filter, out var view) || view.HasFailed) _views[filter] = view = new OpenView(filter, Source(filter), clock);
            return view.Shown.Watch(concerns, () => Leave(filter, view));
        }
    }

    /// <summary>What is due within a time is looked for among what fits at any time, which others may watch as well.</summary>
    private TicketWatch Source(OpenFilter filter) => filter.DueWithin is null ? tickets.Watch() : Watch(filter with { DueWithin = null });

    private void Leave(OpenFilter filter, OpenView view)
    {
        lock (_lock)
        {
            if (view.Shown.Watches > 0) return;
            if (_views.GetValueOrDefault(filter) == view) _views.Remove(filter);
            view.Dispose();
        }
    }
}
