using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Api;

/// <summary>Tells tickets with the names of their people: no query where the names are known.</summary>
internal sealed class TicketViews(PeopleDirectory people, PolicyStore policies, TimeProvider clock)
{
    private const string Unknown = "(unknown)";
    private const string Erased = "(erased)";

    /// <summary>A ticket as its last event left it, its clocks judged at that instant: what the call that made the event answers, then and again.</summary>
    public async ValueTask<TicketView> OfAsync(TicketHistory history, CancellationToken cancellation)
    {
        var ticket = history.Ticket;
        var names = await NamesAsync(ticket.RequesterId, ticket.AssigneeId, ticket.Watchers, cancellation);
        return new TicketView
        {
            Number = new TicketNumber(ticket.Id).ToString(),
            Subject = ticket.Report.Subject.Text ?? Erased,
            Description = ticket.Report.Description.Text ?? Erased,
            Status = ticket.Status,
            Severity = ticket.Severity,
            ClaimedSeverity = ticket.Report.Claimed,
            Assessed = ticket.IsAssessed,
            ReportedAt = ticket.ReportedAt,
            Requester = Named(ticket.RequesterId, names),
            Organisation = await OrganisationAsync(ticket.OrganisationId, cancellation),
            Assignee = ticket.AssigneeId is { } assignee ? Named(assignee, names) : null,
            Watchers = Watching(ticket.Watchers.Order(StringComparer.Ordinal), names),
            Service = ticket.Report.Service,
            Channel = ticket.Report.Channel,
            Tags = ticket.Report.Tags,
            Clocks = [.. history.Clocks(policies.Catalogue, ticket.ChangedAt).Select(ClockView.Of)],
            Version = ticket.Version,
        };
    }

    /// <summary>A ticket as it stands now.</summary>
    public async ValueTask<TicketView> OfAsync(TicketInFull ticket, CancellationToken cancellation)
    {
        var names = await NamesAsync(ticket.Row.RequesterId, ticket.Row.AssigneeId, ticket.Row.Watchers, cancellation);
        var organisation = await OrganisationAsync(ticket.Row.OrganisationId, cancellation);
        return Of(ticket.Row, ticket.Clocks, names, organisation, clock.Now()) with
        {
            Description = ticket.Description ?? Erased,
            Watchers = Watching(ticket.Row.Watchers, names),
        };
    }

    /// <summary>A page of tickets as they stand now.</summary>
    public async ValueTask<PageView<TicketView>> OfAsync(Page<TicketWithClocks> page, CancellationToken cancellation)
    {
        var names = await NamesAsync(page.Items.Select(t => (t.Row.RequesterId, t.Row.AssigneeId)), cancellation);
        var organisations = new Dictionary<int, OrganisationView>();
        foreach (var id in page.Items.Select(t => t.Row.OrganisationId).OfType<int>())
        {
            if (!organisations.ContainsKey(id)) organisations.Add(id, (await OrganisationAsync(id, cancellation))!);
        }

        var now = clock.Now();
        return new PageView<TicketView>(
            [.. page.Items.Select(t => Of(t.Row, t.Clocks, names, t.Row.OrganisationId is { } organisation ? organisations[organisation] : null, now))], page.Next?.ToString());
    }

    /// <summary>Events with their texts.</summary>
    public async ValueTask<PageView<EventView>> OfAsync(Page<StoredEvent> page, CancellationToken cancellation)
    {
        var names = await people.FindAsync(page.Items.Select(e => e.Event.By.Id), cancellation);
        return new PageView<EventView>([.. page.Items.Select(e => new EventView(
            e.Position,
            e.Event.Version,
            FactJson.TypeOf(e.Event.Fact),
            e.Event.At,
            new ActorView(e.Event.By.Id, names.GetValueOrDefault(e.Event.By.Id)?.Name ?? Unknown, e.Event.By.Role),
            FactJson.ReadableData(e.Event.Fact),
            e.Hash,
            e.PreviousHash))], page.Next?.ToString());
    }

    private TicketView Of(TicketRow row, IReadOnlyList<ClockRow> clocks, IReadOnlyDictionary<string, Person> names, OrganisationView? organisation, Instant now) => new()
    {
        Number = row.Number,
        Subject = row.Subject,
        Status = row.Status,
        Severity = row.Severity,
        ClaimedSeverity = row.Claimed,
        Assessed = row.IsAssessed,
        ReportedAt = row.ReportedAt,
        Requester = Named(row.RequesterId, names),
        Organisation = organisation,
        Assignee = row.AssigneeId is { } assignee ? Named(assignee, names) : null,
        Service = row.Service,
        Channel = row.Channel,
        Tags = row.Tags,
        Clocks = Judged(clocks, now),
        Version = row.Version,
    };

    private ClockView[] Judged(IReadOnlyList<ClockRow> clocks, Instant now)
    {
        var catalogue = policies.Catalogue;
        var judged = new ClockView[clocks.Count];
        for (var i = 0; i < judged.Length; i++) judged[i] = ClockView.Of(clocks[i].At(now, catalogue));
        return judged;
    }

    private ValueTask<IReadOnlyDictionary<string, Person>> NamesAsync(IEnumerable<(string Requester, string? Assignee)> of, CancellationToken cancellation) =>
        people.FindAsync(Ids(of), cancellation);

    private ValueTask<IReadOnlyDictionary<string, Person>> NamesAsync(string requester, string? assignee, IReadOnlyList<string> watchers, CancellationToken cancellation) =>
        people.FindAsync([.. Ids([(requester, assignee)]), .. watchers], cancellation);

    private static IEnumerable<string> Ids(IEnumerable<(string Requester, string? Assignee)> of)
    {
        foreach (var (requester, assignee) in of)
        {
            yield return requester;
            if (assignee is not null) yield return assignee;
        }
    }

    private async ValueTask<OrganisationView?> OrganisationAsync(int? id, CancellationToken cancellation) =>
        id is { } number ? new OrganisationView(number, await people.OrganisationAsync(number, cancellation) ?? Unknown) : null;

    private static PersonView[]? Watching(IEnumerable<string> ids, IReadOnlyDictionary<string, Person> names) =>
        ids.Select(id => Named(id, names)).ToArray() is { Length: > 0 } people ? people : null;

    private static PersonView Named(string id, IReadOnlyDictionary<string, Person> names) => new(id, names.GetValueOrDefault(id)?.Name ?? Unknown);
}
