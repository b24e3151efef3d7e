using Microsoft.Extensions.Options;
using MimeKit;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.People;
using SupportPortal.Application.Storage;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Tickets;

/// <summary>An address with what the rules need to know of it.</summary>
/// <param name="Address">The address, sealed.</param>
/// <param name="Holder">The person whose account has it; null where nobody's has, and where they may not sign in.</param>
public sealed record FollowerAddress(SealedText Address, Actor? Holder);

/// <summary>Lets people follow tickets by their addresses, and ends copies for whoever holds the link to do so.</summary>
public sealed class Followers(TicketDesk desk, PeopleDesk people, CopyLinks links, IOptions<PortalOptions> options)
{
    /// <summary>Whether mail goes out; else only the page tells those who watch.</summary>
    public bool SendsMail => options.Value.Mail.IsOn;

    /// <summary>Whoever has this address follows the ticket from now on.</summary>
    public async Task<DeskAnswer> AddAsync(Actor actor, long ticketId, string address, CancellationToken cancellation = default)
    {
        var (follower, refused) = await FindAsync(address);
        return await desk.ActAsync(actor, ticketId, (ticket, _) => refused is null ? ticket.AddFollower(actor, follower.Holder, follower.Address) : Decision.Refused(refused), cancellation: cancellation);
    }

    /// <summary>What the rules need to know of an address; refused where it is the portal's own, which would write to itself.</summary>
    public async ValueTask<(FollowerAddress Follower, Refusal? Refused)> FindAsync(string text)
    {
        var address = text.Trim();
        var isOwn = MailboxAddress.TryParse(options.Value.Mail.From, out var own) && string.Equals(own.Address, address, StringComparison.OrdinalIgnoreCase);
        var holder = PeopleDesk.IsAddress(address) ? await people.FindByEmailAsync(address) : null;
        return (new FollowerAddress(TicketDesk.Seal(address), holder is { DeactivatedAt: null } ? holder.ToActor() : null),
            isOwn ? new Refusal("email", "This is the address of the portal itself.") : null);
    }

    /// <summary>The copies that a key ends, as they are now: their address, which is null once they have ended; nothing where the key is none.</summary>
    public async Task<CopyToStop?> FindCopyAsync(long ticketId, string? key, CancellationToken cancellation = default)
    {
        if (links.CopyOf(ticketId, key) is not { } copy || await desk.FindAsync(Actor.System, ticketId, cancellation) is not { } history) return null;
        return new CopyToStop(history.Ticket.Copies.FirstOrDefault(known => known.Version == copy)?.Address.Text);
    }

    /// <summary>Ends the copies that a key is for; says whether it is for any.</summary>
    public async Task<bool> StopCopyAsync(long ticketId, string? key, CancellationToken cancellation = default) =>
        links.CopyOf(ticketId, key) is { } copy
        && await desk.ActAsync(Actor.System, ticketId, (ticket, _) => ticket.RemoveCopy(Actor.System, copy), cancellation: cancellation) is DeskAnswer.Done;
}

/// <summary>Copies that may be ended.</summary>
/// <param name="Address">Where they go; null once they have ended.</param>
public sealed record CopyToStop(string? Address);
