using System.Threading.Channels;
using Microsoft.Extensions.Options;
using SupportPortal.Application.Storage;
using SupportPortal.Application.Tickets;

namespace SupportPortal.Application.Channels.Email;

/// <summary>Puts mails beside the events that owe them, in their transaction, and wakes the dispatcher after the commit.</summary>
public sealed class MailOutbox(IOptions<PortalOptions> options)
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Adds what these events owe. Nothing while mail is off: a mail that nobody would send is not promised.</summary>
    public void Add(PortalDb db, TicketHistory history, IEnumerable<StoredEvent> events)
    {
        if (!options.Value.Mail.IsOn) return;
        foreach (var happened in events.Select(e => e.Event))
        {
            if (OutgoingMail.IsOwedFor(happened, history.Ticket))
                db.Add(new OutgoingMail { TicketId = history.Ticket.Id, Version = happened.Version, CreatedAt = happened.At, NextAttemptAt = happened.At });
            db.AddRange(OutgoingMail.ForFollowers(happened, history.Ticket));
        }
    }

    /// <summary>Tells the dispatcher that there may be mail.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);

    internal ChannelReader<bool> Woken => _signal.Reader;
}
