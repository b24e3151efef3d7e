using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using NodaTime;
using SupportPortal.Application.Live;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Requests;

/// <summary>One request as its customer follows it: what is owed next, what happened, what they can do.</summary>
public sealed partial class RequestPage(TicketDesk desk, HistoryCache cache, PeopleDirectory people, PolicyStore policies, NavigationManager navigation, TimeProvider clock)
{
    private Actor _actor = default!;
    private TicketHistory? _history;
    private RequestStanding? _standing;
    private IReadOnlyList<StoryEntry> _story = [];
    private IReadOnlyDictionary<string, Person> _names = new Dictionary<string, Person>();
    private IReadOnlyList<Refusal> _refusals = [];
    private long _ticketId;
    private string _number = "", _subject = "", _statusPromise = "";
    private bool _acting;

    [Parameter]
    public required string Number { get; set; }

    [CascadingParameter]
    public required Task<AuthenticationState> Session { get; set; }

    private bool IsBusy => _acting || !RendererInfo.IsInteractive;

    protected override async Task OnParametersSetAsync()
    {
        _actor = (await Session).User.RequireActor();
        if (TicketNumber.TryParse(Number, out var number) && number.Id == _history?.Ticket.Id) return;
        _ticketId = number.Id;
        var found = _ticketId > 0 ? await cache.FindAsync(_actor, _ticketId) : null;
        if (found is null) navigation.NotFound(); // Another organisation's looks like one that does not exist.
        else await ShowAsync(found);
    }

    protected override bool Concerns(OpenSnapshot before, TicketBatch batch) => batch.Changed.Any(row => row.Id == _ticketId);

    protected override async ValueTask<bool> ChangedAsync(IReadOnlyList<TicketRow> changed)
    {
        if (_history is null || changed.FirstOrDefault(row => row.Id == _history.Ticket.Id) is not { } row || row.Version <= _history.Ticket.Version) return false;
        if (await cache.FindAsync(_actor, row.Id, row.Version) is { } history) await ShowAsync(history);
        else navigation.NotFound(); // They watched it, and somebody has ended that.
        return true;
    }

    private async Task ShowAsync(TicketHistory history)
    {
        if (history.Ticket.Version < _history?.Ticket.Version) return; // Somebody else's later change came first.
        var (ticket, now) = (history.Ticket, clock.Now());
        _names = await people.FindAsync(RequestStory.PeopleOf(history), Leaving);
        _history = history;
        _number = new TicketNumber(ticket.Id).ToString();
        _subject = ticket.Report.Subject.Text ?? "(erased)";
        _standing = new RequestStanding(ticket, history.Clocks(policies.Catalogue, Instant.Max(now, ticket.ChangedAt)), _actor);
        _story = new RequestStory(_names, _actor).Tell(history);
        _statusPromise = policies.Catalogue.Policy(ticket.Policy).Target(ticket.Severity, SlaMetric.StatusRequest) is { } promise
            ? $"Ask, and Support answers within {PromiseWords.Length(promise)}."
            : "Ask, and Support answers as soon as possible.";
    }

    /// <summary>Whoever only watched it and stops has seen the last of it.</summary>
    private async Task FollowedAsync(TicketHistory history)
    {
        if (_actor.MaySee(history.Ticket)) await ShowAsync(history);
        else navigation.NavigateTo("/requests");
    }

    private Task RequestStatusAsync() => ActAsync((ticket, _) => ticket.RequestStatus(_actor));

    private Task JudgeAsync((bool Accepted, string? Comment) verdict) => ActAsync((ticket, _) =>
        verdict.Accepted ? ticket.Accept(_actor, Seal(verdict.Comment)) : ticket.Reject(_actor, Seal(verdict.Comment)));

    private Task ReopenAsync(string? reason) => ActAsync((ticket, _) => ticket.Reopen(_actor, TicketDesk.Seal(reason?.Trim() ?? "")));

    private Task RateAsync((int Stars, string? Comment) rating) => ActAsync((ticket, _) => ticket.Rate(_actor, rating.Stars, Seal(rating.Comment)));

    private async Task ActAsync(Func<Ticket, Instant, Decision> decide)
    {
        if (_acting) return; // The second click of a double click.
        _acting = true;
        try
        {
            switch (await desk.ActAsync(_actor, _history!.Ticket.Id, decide))
            {
                case DeskAnswer.Done done:
                    _refusals = [];
                    await ShowAsync(done.History);
                    break;
                case DeskAnswer.Refused refused:
                    _refusals = refused.Refusals;
                    break;
                default:
                    _refusals = [new Refusal("", "That did not work: the request changed at the same moment. Try again.")];
                    break;
            }
        }
        finally
        {
            _acting = false;
        }
    }

    private string? Problem(string field) => _refusals.FirstOrDefault(r => r.Field == field)?.Message;

    private string Name(string id) => id == _actor.Id ? "You" : _names.GetValueOrDefault(id)?.Name ?? "Somebody";

    private static SealedText? Seal(string? text) => string.IsNullOrWhiteSpace(text) ? null : TicketDesk.Seal(text.Trim());
}
