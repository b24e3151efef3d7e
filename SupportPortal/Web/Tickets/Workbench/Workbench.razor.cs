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
using SupportPortal.Web.Live;
using SupportPortal.Web.Tickets.Requests;

namespace SupportPortal.Web.Tickets.Workbench;

/// <summary>Everything about one ticket, and everything that staff do with it; live.</summary>
public sealed partial class Workbench(
    TicketDesk desk, HistoryCache histories, CircuitVisits visits, Attachments attachments, PeopleDirectory people, PolicyStore policies, ViewerZone viewer, NavigationManager navigation, TimeProvider clock)
{
    // A timer cannot wait for a due instant that is months away; judging once more on the way costs nothing.
    private static readonly Duration LongestSleep = Duration.FromDays(1);

    private Actor _actor = Actor.System;
    private DateTimeZone _zone = DateTimeZone.Utc;
    private IReadOnlyList<Person> _staff = [];
    private IReadOnlyDictionary<string, Person> _names = new Dictionary<string, Person>();
    private IReadOnlyList<SlaClock> _clocks = [];
    private SlaClock? _next;
    private IReadOnlyList<TimelineEntry> _entries = [];
    private TicketHistory? _history;
    private TicketNumber _number;
    private Instant _now;
    private string? _organisation;
    private string? _refused;
    private Act? _open;
    private bool _busy;
    private CancellationTokenSource? _wake;
    private Visit? _visit;

    private enum Act
    {
        Grade,
        Workaround,
        Patch,
        Resolve,
        Reopen,
    }

    [CascadingParameter]
    public required Task<AuthenticationState> SignedIn { get; set; }

    /// <summary>"SUP-10001".</summary>
    [Parameter, EditorRequired]
    public required string Number { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (TicketNumber.TryParse(Number, out var number) && number == _number && _history is not null) return;
        (_history, _number, _open, _refused) = (null, number, null, null);
        _visit?.Dispose();
        _actor = (await SignedIn).User.RequireActor();
        _zone = await viewer.FindAsync();
        _staff = await people.StaffAsync(Leaving);
        if (await histories.FindAsync(_actor, number.Id) is { } history) await ShowAsync(history);
        else navigation.NotFound();
        if (_history?.Ticket.Id != number.Id || Leaving.IsCancellationRequested) return;
        _visit?.Dispose();
        _visit = visits.Enter(number.Id, _actor.Id);
    }

    protected override bool Concerns(OpenSnapshot before, TicketBatch batch) => batch.Changed.Any(row => row.Id == _number.Id);

    protected override async ValueTask<bool> ChangedAsync(IReadOnlyList<TicketRow> changed)
    {
        if (_history is null || changed.FirstOrDefault(row => row.Id == _number.Id) is not { } row || row.Version <= _history.Ticket.Version) return false;
        if (await histories.FindAsync(_actor, row.Id, row.Version) is { } history) await ShowAsync(history);
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        _wake?.Cancel();
        _visit?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Shows the ticket, unless something newer is shown already.</summary>
    private async Task ShowAsync(TicketHistory history)
    {
        var names = await people.FindAsync(RequestStory.PeopleOf(history), Leaving);
        var organisation = await people.OrganisationAsync(history.Ticket.OrganisationId, Leaving);
        if (history.Ticket.Id != _number.Id || history.Ticket.Version < _history?.Ticket.Version) return;
        (_history, _names, _organisation) = (history, names, organisation);
        Judge();
    }

    /// <summary>Judges what moves with time alone; again when the next clock falls due.</summary>
    private void Judge()
    {
        _now = clock.Now();
        _clocks = _history!.Clocks(policies.Catalogue, _now);
        _next = _clocks.Where(c => c is { IsLive: true, DueAt: not null }).MinBy(c => c.DueAt);
        _entries = [.. _history.Happened.Reverse().Select(e => TimelineEntry.Of(e, NameOf, Say))];
        _wake?.Cancel();
        if (_clocks.Where(c => c.IsLive && c.DueAt > _now).Min(c => c.DueAt) is not { } due) return;
        _wake = CancellationTokenSource.CreateLinkedTokenSource(Leaving);
        _ = WakeAsync(Duration.Min(due - _now, LongestSleep), _wake.Token);
    }

    private async Task WakeAsync(Duration wait, CancellationToken cancellation)
    {
        try
        {
            // The due instant itself is still kept.
            await Task.Delay(wait.ToTimeSpan() + TimeSpan.FromMilliseconds(1), clock, cancellation);
            Judge();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Something newer is shown, or the page has gone.
        }
        catch (Exception failure)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    private Task TakeAsync() => DoHereAsync((ticket, _) => ticket.Take(_actor));

    private Task WaitAsync() => DoHereAsync((ticket, _) => ticket.Wait(_actor));

    private Task AssignAsync(string? id)
    {
        // The list came from us, the choice comes from a browser.
        var assignee = _staff.FirstOrDefault(person => person.Id == id)?.Id;
        return DoHereAsync((ticket, _) => ticket.Assign(_actor, assignee));
    }

    private Task<Refusal?> ReplyAsync(OutgoingText sent) => SendAsync((ticket, body) => attachments.With(ticket, ticket.Reply(_actor, body, sent.Seen), sent.Files), sent);

    private Task<Refusal?> NoteAsync(OutgoingText sent) =>
        SendAsync((ticket, body) => attachments.With(ticket, Ticket.AddNote(_actor, body), sent.Files, isInternal: true), sent);

    private async Task<Refusal?> SendAsync(Func<Ticket, SealedText, Decision> decide, OutgoingText sent)
    {
        var body = TicketDesk.Seal(sent.Text.Trim());
        return await DoAsync((ticket, _) => decide(ticket, body), SendingKey.Of(_actor, sent.DraftKey, sent.Key, sent.Text, sent.Files)) is [var refused, ..] ? refused : null;
    }

    private async Task DoHereAsync(Func<Ticket, Instant, Decision> decide)
    {
        if (_busy) return;
        _busy = true;
        _refused = await DoAsync(decide) is [var refused, ..] ? refused.Message : null;
        _busy = false;
    }

    private async Task<IReadOnlyList<Refusal>> DoAsync(Func<Ticket, Instant, Decision> decide, IdempotencyKey? key = null)
    {
        _refused = null;
        return await TellAsync(await desk.ActAsync(_actor, _number.Id, decide, null, key, Leaving));
    }

    private async Task<IReadOnlyList<Refusal>> JudgedAsync(Func<Ticket, Instant, Func<IReadOnlyList<SlaClock>>, Decision> decide)
    {
        _refused = null;
        return await TellAsync(await desk.ActAsync(_actor, _number.Id, decide, cancellation: Leaving));
    }

    private async Task<IReadOnlyList<Refusal>> TellAsync(DeskAnswer answer)
    {
        switch (answer)
        {
            case DeskAnswer.Refused refused:
                return refused.Refusals;
            case DeskAnswer.Done done:
                await ShowAsync(done.History);
                StateHasChanged();
                return [];
            case DeskAnswer.KeyReused:
                return [TextBox.SentBefore];
            case DeskAnswer.ChangedMeanwhile:
                return [new Refusal("", "Too many people change this ticket right now. Try again.", RefusalKind.NotNow)];
            default:
                return [new Refusal("", "This ticket is no longer here.", RefusalKind.NotNow)];
        }
    }

    private void Close() => _open = null;

    private static string? StillOwedAtOnce(Ticket ticket) => ticket switch
    {
        { Severity: not Severity.Critical } or { Status.IsOpen: false } => null,
        { IsAnswered: false, IsWorkedOn: false } => "Severity 1: the first response is a reply and the start of work. Reply, and take it.",
        { IsAnswered: false } => "Severity 1: work has started; the first response still needs a reply.",
        { IsWorkedOn: false } => "Severity 1: the customer was answered; the first response still needs the start of work. Take it.",
        _ => null,
    };

    private string NameOf(string id) => _names.GetValueOrDefault(id)?.Name ?? _staff.FirstOrDefault(person => person.Id == id)?.Name ?? "Unknown person";

    private string Say(Instant instant) => WhenWords.Say(instant, _zone, _now);
}
