using System.Collections;
using NodaTime;
using SupportPortal.Application.Compliance;
using SupportPortal.Domain.Sla;

namespace SupportPortal.Application.Reports;

/// <summary>Which tickets a report counts, and how many clocks of them.</summary>
internal static class CountedTickets
{
    /// <summary>By their numbers.</summary>
    public static (IReadOnlyList<CountedTicket> Tickets, int Clocks) Of(ComplianceFacts facts, ReportScope scope, Instant at, SlaCatalogue catalogue)
    {
        var tickets = facts.Tickets;
        var counter = new Mark(new BitArray(tickets.Length));
        if (scope.Kind is ReportKind.Figures or ReportKind.Clocks or ReportKind.Organisation) FactScan.Run(facts, scope.Filter, at, catalogue, ref counter);
        if (scope.Kind == ReportKind.Risk) RiskForecast.ForEachStopped(facts, at, ticket => counter.Marked[ticket] = true);
        var (of, now, counted) = (new TicketFilterNumbers(facts, scope.Filter), ComplianceFacts.Microseconds(at), new List<CountedTicket>());
        for (var i = 0; i < tickets.Length; i++)
        {
            ref readonly var ticket = ref tickets[i];
            if (ticket.Id == 0) continue;
            if (counter.Marked[i] || (of.Matches(ticket) && IsCountedItself(ticket, of, scope, now))) counted.Add(new(ticket.Id, ticket.Version));
        }

        return (counted, counter.Clocks);
    }

    private static bool IsCountedItself(in RollUpTicket ticket, in TicketFilterNumbers of, ReportScope scope, long now) => scope.Kind switch
    {
        ReportKind.Clocks => false,
        ReportKind.Requests => CountedRequests.Counts(ticket, of, scope.Requests!, now),
        ReportKind.Risk => ticket.IsOpen,
        ReportKind.WhatIf => of.IsInPeriod(ticket.ReportedAt),
        ReportKind.Organisation => of.WasOpen(ticket), // What a customer looks for in a month's report.
        _ => ticket.IsOpen || of.IsInPeriod(ticket.ReportedAt) || of.IsInPeriod(ticket.FirstResolvedAt) || of.IsInPeriod(ticket.ResolvedAt) || of.IsInPeriod(ticket.RatedAt),
    };

    private struct Mark(BitArray marked) : ICounter
    {
        public readonly BitArray Marked => marked;

        public int Clocks { get; private set; }

        public void Take(in Counted counted)
        {
            Clocks++;
            marked[PlaceOf(counted)] = true;
        }

        private static int PlaceOf(in Counted counted) => counted.Clock.Ticket;
    }
}
