using System.Runtime.CompilerServices;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using static SupportPortal.Application.Reports.FigureSections;

namespace SupportPortal.Application.Reports;

/// <summary>The parts of a report that have a row for each clock or ticket: folded from the events while they are written.</summary>
internal sealed class LineSections(PastTickets past, PolicyStore policies, PeopleDirectory people)
{
    /// <summary>The clocks that the report counts, by their tickets.</summary>
    public ReportSection Clocks(ReportHead head, IReadOnlyList<CountedTicket> tickets, int count, CancellationToken cancellation) => new("clocks", "Clocks",
    [
        Key("ticket", "Request"), Key("clock", "Clock", CellKind.Number), Number("severity", "Severity"), Word("promise", "Promise"), Number("organisation", "Organisation’s id"), Name("organisationName", "Organisation"),
        Word("service", "Service"), Word("channel", "Channel"), Word("agent", "Agent’s id"), Name("agentName", "Agent"), Moment("startedAt", "Started (UTC)"), Moment("dueAt", "Due (UTC)"), Moment("stoppedAt", "Stopped (UTC)"),
        Word("outcome", "Outcome"), Number("breaches", "Counts as broken"), Time("lateBySeconds", "Late by"), Word("cause", "Cause"), Word("exception", "Exception"),
    ], count, ClocksAsync(head, tickets, cancellation));

    /// <summary>The tickets that the report counts, as staff see them.</summary>
    public ReportSection Requests(IReadOnlyList<CountedTicket> tickets, CancellationToken cancellation) => new("requests", "Requests",
    [
        Key("ticket", "Request"), Name("subject", "Subject"), Number("severity", "Severity"), Word("status", "Status"), Number("organisation", "Organisation’s id"), Name("organisationName", "Organisation"),
        Word("service", "Service"), Word("channel", "Channel"), Word("agent", "Agent’s id"), Name("agentName", "Agent"), Moment("reportedAt", "Reported (UTC)"), Moment("resolvedAt", "Resolved (UTC)"),
        Word("resolution", "Resolution"), Number("rating", "Rating"), Number("reopened", "Reopened"),
    ], tickets.Count, RequestsAsync(tickets, cancellation));

    /// <summary>The tickets that the report counts, as their customer reads them: when they were answered, and how their updates were kept.</summary>
    public ReportSection CustomersRequests(ReportHead head, IReadOnlyList<CountedTicket> tickets, CancellationToken cancellation) => new("requests", "Requests",
    [
        Key("ticket", "Request"), Name("subject", "Subject"), Number("severity", "Severity"), Word("status", "Status"), Moment("reportedAt", "Reported (UTC)"), Moment("answeredAt", "First response (UTC)"),
        Time("responseSeconds", "Response time"), Word("response", "First response"), Number("updatesKept", "Updates in time"), Number("updatesBroken", "Updates missed"), Moment("resolvedAt", "Resolved (UTC)"), Word("resolution", "Resolution"),
    ], tickets.Count, CustomersRequestsAsync(head, tickets, cancellation));

    /// <summary>The heads of the tickets' chains: what the store is held against when the report is verified.</summary>
    public ReportSection Proof(IReadOnlyList<CountedTicket> tickets, CancellationToken cancellation) =>
        new(ReportSection.Proof, "Proof", [Key("ticket", "Request"), Number("version", "Version"), Word("hash", "Hash of its last event")], tickets.Count, ProofAsync(tickets, cancellation));

    private async IAsyncEnumerable<object?[]> ClocksAsync(ReportHead head, IReadOnlyList<CountedTicket> tickets, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var some in past.OfAsync(tickets, withSubjects: false, cancellation))
        {
            var rows = some.ToDictionary(ticket => ticket.Row.Id, ticket => ticket.Row);
            var names = await NamesAsync(some, cancellation);
            foreach (var clock in CountedIn(some, head).OrderBy(clock => clock.TicketId).ThenBy(clock => clock.Ordinal))
            {
                var row = rows[clock.TicketId];
                yield return
                [
                    row.Number, clock.Ordinal + 1L, (long)clock.Severity.Level, Words.Of(clock.Metric), (long?)row.OrganisationId, names.Organisation(row.OrganisationId), row.Service, Words.Of(row.Channel),
                    clock.AssigneeId, names.Person(clock.AssigneeId), clock.StartedAt, clock.DueAt, clock.StoppedAt, Words.Of(clock.Breaches == 0 ? ComplianceOutcome.Met : ComplianceOutcome.Breached), (long)clock.Breaches,
                    clock.LateBy(head.At), clock.Cause is { } cause ? Words.Of(cause) : null, clock.Exception is { } exception ? Words.Of(exception) : null,
                ];
            }
        }
    }

    private async IAsyncEnumerable<object?[]> RequestsAsync(IReadOnlyList<CountedTicket> tickets, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var some in past.OfAsync(tickets, withSubjects: true, cancellation))
        {
            var names = await NamesAsync(some, cancellation);
            foreach (var (row, _) in some)
            {
                yield return
                [
                    row.Number, row.Subject, (long)row.Severity.Level, Words.Of(row.Status), (long?)row.OrganisationId, names.Organisation(row.OrganisationId), row.Service, Words.Of(row.Channel), row.AssigneeId,
                    names.Person(row.AssigneeId), row.ReportedAt, row.ResolvedAt, row.Resolution is { } kind ? Words.Of(kind) : null, (long?)row.Rating, (long)row.Reopens,
                ];
            }
        }
    }

    private async IAsyncEnumerable<object?[]> CustomersRequestsAsync(ReportHead head, IReadOnlyList<CountedTicket> tickets, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var some in past.OfAsync(tickets, withSubjects: true, cancellation))
        {
            var counted = CountedIn(some, head).ToLookup(clock => clock.TicketId);
            foreach (var (row, clocks) in some)
            {
                var response = clocks.FirstOrDefault(clock => clock.Metric == SlaMetric.FirstResponse)?.At(head.At, policies.Catalogue); // None where the policy promises none.
                var answeredAt = response is { State: SlaClockState.Met or SlaClockState.Breached } ? response.StoppedAt : null; // A cancelled one stopped unanswered.
                SlaMetric[] updates = [SlaMetric.PeriodicUpdate, SlaMetric.StatusRequest, SlaMetric.NextResponse];
                CountedClock[] those = [.. counted[row.Id].Where(clock => updates.Contains(clock.Metric))];
                yield return
                [
                    row.Number, row.Subject, (long)row.Severity.Level, Words.Of(row.Status), row.ReportedAt, answeredAt, answeredAt is { } answered ? answered - row.ReportedAt : null, response is null ? null : Words.Of(response.State),
                    (long)those.Count(clock => clock.Breaches == 0), those.Sum(clock => (long)clock.Breaches), row.ResolvedAt, row.Resolution is { } kind ? Words.Of(kind) : null,
                ];
            }
        }
    }

    private async IAsyncEnumerable<object?[]> ProofAsync(IReadOnlyList<CountedTicket> tickets, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (ticket, hash) in past.HashesAsync(tickets, cancellation)) yield return [new TicketNumber(ticket.Id).ToString(), (long)ticket.Version, hash];
    }

    /// <summary>Which of their clocks count. Numbered anew meanwhile: tickets that lie far apart take no room for those in between.</summary>
    private IReadOnlyList<CountedClock> CountedIn(IReadOnlyList<PastTicket> some, ReportHead head)
    {
        var facts = new ComplianceFacts();
        FactRows.Of(some.Select((ticket, i) => ticket.Row with { Id = TicketNumber.First + i }), some.SelectMany((ticket, i) => ticket.Clocks.Select(clock => clock with { TicketId = TicketNumber.First + i }))).PutInto(facts);
        var counted = PageCounter.Page(facts, head.Scope.Filter, after: null, int.MaxValue - 1, head.At, policies.Catalogue).Items;
        return [.. counted.Select(clock => clock with { TicketId = some[(int)(clock.TicketId - TicketNumber.First)].Row.Id })];
    }

    private async Task<Names> NamesAsync(IReadOnlyList<PastTicket> some, CancellationToken cancellation)
    {
        var organisations = await people.OrganisationNamesAsync([.. some.Select(ticket => ticket.Row.OrganisationId).OfType<int>().Distinct()], cancellation);
        var known = await people.FindAsync(some.SelectMany(ticket => ticket.Clocks.Select(clock => clock.DueAssigneeId).Append(ticket.Row.AssigneeId)).OfType<string>().Distinct(), cancellation);
        return new Names(organisations.ToDictionary(o => o.Id, o => o.Name), known.ToDictionary(person => person.Key, person => person.Value.Name));
    }

    private sealed record Names(IReadOnlyDictionary<int, string> Organisations, IReadOnlyDictionary<string, string> People)
    {
        public string? Organisation(int? id) => id is { } known ? Organisations.GetValueOrDefault(known) : null;

        public string? Person(string? id) => id is null ? null : People.GetValueOrDefault(id);
    }
}
