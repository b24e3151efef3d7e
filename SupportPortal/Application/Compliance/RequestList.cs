using NodaTime;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Application.Compliance;

/// <summary>Which requests a figure of whole requests counts.</summary>
public enum RequestSelection
{
    /// <summary>Reported in the period.</summary>
    Reported,

    /// <summary>First resolved in the period.</summary>
    Resolved,

    /// <summary>Of those, the ones that were reopened.</summary>
    Reopened,

    /// <summary>Their resolution stands and is of the period.</summary>
    Ended,

    /// <summary>Their rating stands and is of the period.</summary>
    Rated,

    /// <summary>Open now.</summary>
    Open,
}

/// <summary>A figure of whole requests, as its list is asked for.</summary>
/// <param name="Selection">What it counts.</param>
/// <param name="Kind">Of the ended ones, only these.</param>
/// <param name="Stars">Of the rated ones, only these.</param>
/// <param name="Age">Of the open ones, only those of this age: the number of a <see cref="BacklogFigure"/>.</param>
public sealed record RequestQuestion(RequestSelection Selection, ResolutionKind? Kind = null, int? Stars = null, int? Age = null);

/// <summary>One page of the requests that a figure counts, the latest first.</summary>
/// <param name="Items">Their ids.</param>
/// <param name="Count">How many there are on all pages.</param>
/// <param name="Next">The id after which the next page begins; null on the last.</param>
public sealed record CountedRequests(IReadOnlyList<long> Items, int Count, long? Next)
{
    /// <summary>Picks a page.</summary>
    internal static CountedRequests Page(ComplianceFacts facts, ComplianceFilter filter, RequestQuestion question, long? before, int limit, Instant at)
    {
        var (now, of, count) = (ComplianceFacts.Microseconds(at), new TicketFilterNumbers(facts, filter), 0);
        var items = new List<long>(limit + 1);
        var tickets = facts.Tickets;
        for (var i = tickets.Length - 1; i >= 0; i--) // By their numbers, which is by their reports.
        {
            ref readonly var ticket = ref tickets[i];
            if (ticket.Id == 0 || !of.Matches(ticket) || !Counts(ticket, of, question, now)) continue;
            count++;
            if (items.Count <= limit && (before is null || ticket.Id < before)) items.Add(ticket.Id);
        }

        if (items.Count <= limit) return new(items, count, null);
        items.RemoveAt(limit);
        return new(items, count, items[^1]);
    }

    /// <summary>Whether a figure counts a ticket that its filter leaves.</summary>
    internal static bool Counts(in RollUpTicket ticket, in TicketFilterNumbers of, RequestQuestion question, long now) => question.Selection switch
    {
        RequestSelection.Reported => of.IsInPeriod(ticket.ReportedAt),
        RequestSelection.Resolved => of.IsInPeriod(ticket.FirstResolvedAt),
        RequestSelection.Reopened => of.IsInPeriod(ticket.FirstResolvedAt) && ticket.WasReopened,
        RequestSelection.Ended => of.IsInPeriod(ticket.ResolvedAt) && (question.Kind is not { } kind || ticket.Resolution == (byte)kind),
        RequestSelection.Rated => of.IsInPeriod(ticket.RatedAt) && ticket.Rating is >= 1 and <= 5 && (question.Stars is not { } stars || ticket.Rating == stars),
        _ => ticket.IsOpen && (question.Age is not { } age || TicketFigures.AgeOf(ticket, now) == age),
    };
}
