using NodaTime;
using SupportPortal.Application.Compliance;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.Compliance;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;
using SupportPortal.Web.Tickets;

namespace SupportPortal.Web.Compliance.Exceptions;

/// <summary>The exceptions that wait for a second person, and those that were approved.</summary>
public sealed partial class ExceptionsPage(ComplianceQueries queries, TicketDesk desk, PeopleDirectory people, PolicyStore policies, ViewerZone viewer, TimeProvider clock)
{
    private const int Most = 50;

    private static readonly (ExceptionState State, string Title, string Nothing)[] Sections =
    [
        (ExceptionState.Proposed, "Waiting for a second person", "No exception waits for approval."),
        (ExceptionState.Approved, "Approved", "No exception was approved yet."),
    ];

    private IReadOnlyDictionary<ExceptionState, (IReadOnlyList<Line> Lines, int Count)>? _lists;
    private Dictionary<string, string> _names = [];
    private DateTimeZone _zone = DateTimeZone.Utc;
    private Actor? _me;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        (_me, _zone) = (await MeAsync(), await viewer.FindAsync());
        await ShowAsync();
    }

    private async Task ShowAsync()
    {
        var lists = new Dictionary<ExceptionState, (IReadOnlyList<Line>, int)>();
        var ids = new HashSet<string>();
        foreach (var (state, _, _) in Sections)
        {
            var page = await queries.ExceptionsAsync(_me!, state, Most, Leaving);
            var lines = new List<Line>();
            foreach (var counted in page.Items)
            {
                if (await desk.FindAsync(_me!, counted.TicketId, Leaving) is not { } history) continue;
                var breach = history.Clocks(policies.Catalogue, clock.Now()).FirstOrDefault(c => history.Ticket.ExceptionOf(c) is { } exception && exception.State == state && (c.Metric, c.StartedAt) == (counted.Metric, counted.StartedAt));
                if (breach is null) continue; // Taken back or approved since it was counted.
                lines.Add(new Line(history.Ticket, breach, counted.Severity));
                ids.UnionWith(history.Ticket.Exceptions.SelectMany(exception => new[] { exception.ProposedBy, exception.ApprovedBy }).OfType<string>());
            }

            lists[state] = (lines, page.Clocks);
        }

        _names = (await people.FindAsync(ids, Leaving)).ToDictionary(person => person.Key, person => person.Value.Name);
        _lists = lists;
    }

    private async Task<IReadOnlyList<Refusal>> DoAsync(long ticket, Func<Ticket, Instant, Func<IReadOnlyList<SlaClock>>, Decision> decide)
    {
        var answer = await desk.ActAsync(_me!, ticket, decide, cancellation: Leaving);
        if (answer is DeskAnswer.Refused refused) return refused.Refusals;
        if (answer is not DeskAnswer.Done) return [new Refusal("", "This was changed meanwhile. Try again.", RefusalKind.NotNow)];
        await ShowAsync();
        StateHasChanged();
        return [];
    }

    private ComplianceView Everything(ExceptionState state)
    {
        var today = clock.Now().InZone(_zone).Date;
        return ComplianceView.Of(new Uri("http://localhost/")).Between(today.PlusYears(-CompliancePeriod.MostYears + 1), today).Only("exception", state);
    }

    private string NameOf(string id) => _names.GetValueOrDefault(id, id);

    private sealed record Line(Ticket Ticket, SlaClock Clock, Severity Severity);
}
