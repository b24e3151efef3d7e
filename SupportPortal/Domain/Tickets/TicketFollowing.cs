using SupportPortal.Domain.People;

namespace SupportPortal.Domain.Tickets;

/// <summary>An address that gets copies of a ticket's mails.</summary>
/// <param name="Version">The version of the event that added it, which names it.</param>
/// <param name="Address">The address; its text is null once erased.</param>
public sealed record TicketCopy(int Version, SealedText Address);

/// <summary>Who follows a ticket beside its requester: people with an account watch it, other addresses get copies of its mails.</summary>
public sealed partial class Ticket
{
    /// <summary>So many people may watch one ticket.</summary>
    public const int MostWatchers = 20;

    /// <summary>So many addresses may get copies of one ticket's mails.</summary>
    public const int MostCopies = 20;

    private List<string>? _watchers;
    private List<TicketCopy>? _copies;

    /// <summary>Who watches it beside its requester: people's ids, in the order in which they began.</summary>
    public IReadOnlyList<string> Watchers => (IReadOnlyList<string>?)_watchers ?? [];

    /// <summary>The addresses that get copies, in the order in which they were added.</summary>
    public IReadOnlyList<TicketCopy> Copies => (IReadOnlyList<TicketCopy>?)_copies ?? [];

    /// <inheritdoc/>
    public bool IsWatchedBy(string personId) => _watchers?.Contains(personId) is true;

    /// <summary>The caller watches it from now on.</summary>
    public Decision Watch(Actor by)
    {
        if (by.Id == RequesterId) return Decision.Refused("", "You reported this request and are told of it anyway.");
        return IsWatchedBy(by.Id) ? Decision.Of() : AddWatcher(by.Id);
    }

    /// <summary>
    /// Whoever has this address follows it: as a watcher where the address is of somebody whom the caller may add as such, by copies
    /// otherwise. Customers add people of the ticket's own organisation only, and are not told who else has an account.
    /// </summary>
    /// <param name="by">Who acts.</param>
    /// <param name="holder">The person whose account has the address, if one has.</param>
    /// <param name="address">The address.</param>
    public Decision AddFollower(Actor by, Actor? holder, SealedText address)
    {
        if (Forbidden(by, TicketAct.ChooseFollowers) is { } forbidden) return forbidden;
        if (CopyAddress.Check("email", address.Text).ToArray() is { Length: > 0 } refusals) return Decision.Refused(refusals);
        if (holder?.Id == RequesterId) return Decision.Refused("email", "Whoever reported this request is told of it anyway.");
        if (holder is not null && (by.IsStaff || holder.SpeaksForCustomer(this)))
            return IsWatchedBy(holder.Id) ? Decision.Refused("email", "Whoever has this address watches this request already.") : AddWatcher(holder.Id);
        if (Copies.Any(copy => string.Equals(copy.Address.Text, address.Text, StringComparison.OrdinalIgnoreCase)))
            return Decision.Refused("email", "This address gets copies already.");
        return Copies.Count < MostCopies ? Decision.Of(new CopyAdded(address)) : Decision.Refused("email", $"At most {MostCopies} addresses get copies. Remove one first.");
    }

    /// <summary>A person watches it no longer: by their own choice, or by that of somebody who chooses who follows it.</summary>
    public Decision RemoveWatcher(Actor by, string personId)
    {
        if (by.Id != personId && Forbidden(by, TicketAct.ChooseFollowers) is { } forbidden) return forbidden;
        return IsWatchedBy(personId) ? Decision.Of(new WatcherRemoved(personId)) : Decision.Of();
    }

    /// <summary>An address gets no more copies.</summary>
    /// <param name="by">Who acts; the portal itself where the reader of the copies asked for it.</param>
    /// <param name="copy">The version of the event that added it.</param>
    public Decision RemoveCopy(Actor by, int copy)
    {
        if (Forbidden(by, TicketAct.ChooseFollowers) is { } forbidden) return forbidden;
        return Copies.Any(known => known.Version == copy) ? Decision.Of(new CopyRemoved(copy)) : Decision.Of();
    }

    private void ApplyFollowing(TicketEvent happened)
    {
        switch (happened.Fact)
        {
            case WatcherAdded added when !IsWatchedBy(added.PersonId): (_watchers ??= []).Add(added.PersonId); break;
            case WatcherRemoved removed: _watchers?.Remove(removed.PersonId); break;
            case CopyAdded added: (_copies ??= []).Add(new TicketCopy(happened.Version, added.Address)); break;
            case CopyRemoved removed: _copies?.RemoveAll(copy => copy.Version == removed.Copy); break;
        }
    }

    private Decision AddWatcher(string personId) =>
        Watchers.Count < MostWatchers ? Decision.Of(new WatcherAdded(personId)) : Decision.Refused("email", $"At most {MostWatchers} people watch one request. Remove one first.");
}
