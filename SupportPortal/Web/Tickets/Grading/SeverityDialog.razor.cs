using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using NodaTime;
using SupportPortal.Application.People;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Grading;

/// <summary>Grades a ticket: the definitions, a reason, since when, and what that does to the clocks.</summary>
public sealed partial class SeverityDialog(TicketDesk desk, ViewerZone viewer, MudBlazor.ISnackbar snackbar, TimeProvider clock) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private GradeForm _form = new(null);
    private Actor _actor = Actor.System;
    private DateTimeZone _zone = DateTimeZone.Utc;
    private TicketHistory? _history;
    private IReadOnlyList<PreviewLine> _lines = [];
    private IReadOnlyList<Refusal> _refusals = [];
    private string? _notice;
    private bool _busy;

    [CascadingParameter]
    public required Task<AuthenticationState> SignedIn { get; set; }

    [Parameter, EditorRequired]
    public long TicketId { get; set; }

    /// <summary>What was chosen by dropping the card or by a key.</summary>
    [Parameter]
    public Severity? To { get; set; }

    /// <summary>Done, or closed without doing.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private Ticket? Ticket => _history?.Ticket;

    private bool Confirms => Ticket is { IsAssessed: false } ticket && _form.To == ticket.Severity;

    private string SinceHint => Confirms
        ? "A confirmation touches no clock."
        : $"Since when the report showed this impact, in {_zone.Id} time. Left empty: {(IsDowngrade ? "as it was" : $"since {Say(Ticket!.CycleStart)}, as reported")}.";

    private bool IsDowngrade => Ticket is { } ticket && _form.To is { } to && ticket.Severity.IsGraverThan(to);

    protected override async Task OnInitializedAsync()
    {
        _form = new GradeForm(To);
        _actor = (await SignedIn).User.RequireActor();
        _zone = await viewer.FindAsync();
        await LoadAsync();
    }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private async Task LoadAsync()
    {
        _history = await desk.FindAsync(_actor, TicketId, _leaving.Token);
        if (_history is null) await OnClose.InvokeAsync();
        else Preview();
    }

    private void Choose(Severity severity)
    {
        _form.To = severity;
        Preview();
    }

    private void ChooseSince(ChangeEventArgs change)
    {
        _form.ImpactSince = (string?)change.Value ?? "";
        Preview();
    }

    private void Preview()
    {
        _refusals = [];
        _lines = [];
        if (_history is not { } history || _form.To is not { } to || IsNow(to) || Confirms) return;
        var since = _form.Since(_zone, history.Ticket.CycleStart, out _);
        if (since < history.Ticket.CycleStart || since > clock.Now())
            _refusals = history.Ticket.Grade(_actor, to, SealedText.Erased(""), since, clock.Now()).Refusals.Where(r => r.Field == "impactSince").ToArray();
        if (_refusals.Count > 0) return;
        var (before, after) = desk.PreviewGrade(history, to, since);
        _lines = GradePreview.Of(before, after, Say);
    }

    private async Task SubmitAsync()
    {
        if (_busy || _history is not { } history) return;
        var since = _form.Since(_zone, history.Ticket.CycleStart, out var isReadable);
        _refusals =
        [
            .. _form.To is null ? [new Refusal("severity", "Choose a severity.")] : Array.Empty<Refusal>(),
            .. isReadable ? [] : new[] { new Refusal("impactSince", "Enter a date and a time, or leave it empty.") },
        ];
        if (_refusals.Count > 0) return;

        _busy = true;
        var reason = string.IsNullOrWhiteSpace(_form.Reason) ? null : TicketDesk.Seal(_form.Reason.Trim());
        var answer = await desk.ActAsync(
            _actor, TicketId, (ticket, now) => ticket.Grade(_actor, _form.To!.Value, reason, Confirms ? null : since, now), history.Ticket.Version, null, _leaving.Token);
        _busy = false;
        await TakeAsync(answer);
    }

    private async Task TakeAsync(DeskAnswer answer)
    {
        switch (answer)
        {
            case DeskAnswer.Refused refused:
                _refusals = refused.Refusals;
                break;
            case DeskAnswer.ChangedMeanwhile:
                await LoadAsync();
                _notice = $"Somebody else changed this ticket meanwhile. It is now {Ticket?.Status.Title}, {Ticket?.Severity.Title}. Look again, then change it.";
                break;
            case DeskAnswer.Done done:
                // On a long lane the card may be out of sight.
                snackbar.Add($"{new TicketNumber(TicketId)} is now {done.History.Ticket.Severity.Title}.", MudBlazor.Severity.Success);
                await OnClose.InvokeAsync();
                break;
            default:
                await OnClose.InvokeAsync();
                break;
        }
    }

    private bool IsNow(Severity severity) => Ticket is { IsAssessed: true } ticket && ticket.Severity == severity;

    private string Say(Instant instant) => WhenWords.Say(instant, _zone, clock.Now());

    private string? Error(string field) => _refusals.FirstOrDefault(refusal => refusal.Field == field)?.Message;

    private string? Invalid(string field) => Error(field) is null ? null : "true";
}
