using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using NodaTime;
using SupportPortal.Application.CloudServices;
using SupportPortal.Application.People;
using SupportPortal.Application.Sla;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Sla;
using SupportPortal.Domain.Tickets;

namespace SupportPortal.Web.Tickets.Requests;

/// <summary>A customer submits a request. What is typed is kept in the store a second after typing stops, and until then in the browser.</summary>
public sealed partial class NewRequest(
    TicketDesk desk, Drafts drafts, Attachments attachments, AffectedServices services, PolicyStore policies, PeopleDirectory people, NavigationManager navigation)
{
    private static readonly ChoiceField<Impact>.Choice[] _impacts = [.. Enum.GetValues<Impact>().Select(i => new ChoiceField<Impact>.Choice(i, i.Title, i.Meaning))];
    private static readonly ChoiceField<Workaround>.Choice[] _workarounds = [.. Enum.GetValues<Workaround>().Select(w => new ChoiceField<Workaround>.Choice(w, w.Title, w.Meaning))];

    private Actor _actor = default!;
    private KeptDraft? _kept;
    private IReadOnlyList<string> _services = [];
    private IReadOnlyList<AttachmentRow> _files = [];
    private IReadOnlyList<Refusal> _refusals = [];
    private Dictionary<Severity, string> _promises = [];
    private ElementReference _subject;
    private MarkdownField? _description;
    private bool _sending, _sent, _showsFirstProblem;

    /// <summary>What is in the fields. Comes from the prerendered page, from a circuit that was paused, or from the store.</summary>
    [PersistentState]
    public RequestDraft? Draft { get; set; }

    /// <summary>When the draft was kept that this page began with.</summary>
    [PersistentState]
    public DateTimeOffset? RestoredAt { get; set; }

    [CascadingParameter]
    public required Task<AuthenticationState> Session { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _actor = (await Session).User.RequireActor();
        _kept = new KeptDraft(drafts, _actor, RequestDraft.Key);
        var policy = await policies.CurrentAsync(await people.PlanAsync(_actor.OrganisationId, CancellationToken.None) ?? SlaPolicy.StandardPlan);
        _promises = SeverityDefinition.All.ToDictionary(d => d.Severity, level => PromiseOf(policy, level));
        _services = await services.NamesAsync(_actor.OrganisationId);
        _files = await attachments.OfDraftAsync(_actor, RequestDraft.Key);
        if (Draft is not null) return;
        var kept = await drafts.ReadAsync(_actor, RequestDraft.Key);
        (Draft, RestoredAt) = RequestDraft.Read(kept?.Text) is { } draft ? (draft, kept!.UpdatedAt.ToDateTimeOffset()) : (new RequestDraft(), default(DateTimeOffset?));
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_showsFirstProblem) return;
        _showsFirstProblem = false;
        if (Problem("subject") is not null) await _subject.FocusAsync();
        else if (Problem("description") is not null) await _description!.FocusAsync();
    }

    private async Task SubmitAsync()
    {
        if (_sending || _sent) return; // The second click of a double click.
        if (_services.Count > 0 && !string.IsNullOrEmpty(Draft!.Service) && !_services.Contains(Draft.Service))
        {
            Show(new Refusal("service", $"“{Draft.Service}” is no longer offered. Choose another, or “Not sure”."));
            return;
        }

        _sending = true;
        try
        {
            switch (await desk.OpenAsync(_actor, Draft!.ToRequest(_files), Draft.KeyFor(_actor, _files)))
            {
                case DeskAnswer.Done done:
                    _sent = true;
                    await _kept!.KeepAsync(null);
                    navigation.NavigateTo($"/requests/{new TicketNumber(done.History.Ticket.Id)}");
                    return;
                case DeskAnswer.KeyReused:
                    Draft.Id = new RequestDraft().Id;
                    Show(new Refusal("", "This draft was already submitted from another window. Look under My requests; to send this text as well, submit it again."));
                    return;
                case DeskAnswer.Refused refused:
                    _files = await attachments.OfDraftAsync(_actor, RequestDraft.Key); // It may be about one that another window removed or sent.
                    Show([.. refused.Refusals]);
                    return;
            }
        }
        finally
        {
            _sending = false;
        }
    }

    private void Show(params Refusal[] refusals) => (_refusals, _showsFirstProblem) = (refusals, true);

    private async Task DiscardAsync()
    {
        await attachments.RemoveDraftAsync(_actor, RequestDraft.Key);
        (Draft, RestoredAt, _files, _refusals) = (new RequestDraft(), null, [], []);
        await _kept!.KeepAsync(null);
        await _subject.FocusAsync();
    }

    // A problem was about what the field said before; it is judged anew when the request is sent.
    private async Task KeepAsync(string field)
    {
        _refusals = [.. _refusals.Where(r => r.Field != field && r.Field.Length > 0)];
        if (!_sent) await _kept!.KeepAsync(Draft!.IsEmpty && _files.Count == 0 ? null : Draft.ToString());
    }

    private Task SetDescriptionAsync(string? text)
    {
        Draft!.Description = text;
        return KeepAsync("description");
    }

    private Task SetImpactAsync(Impact impact)
    {
        Draft!.Impact = impact;
        return KeepAsync("impact");
    }

    private Task SetWorkaroundAsync(Workaround workaround)
    {
        Draft!.Workaround = workaround;
        return KeepAsync("workaround");
    }

    private Task SetFilesAsync(IReadOnlyList<AttachmentRow> files)
    {
        _files = files;
        return KeepAsync("attachments");
    }

    private static string PromiseOf(SlaPolicy policy, SeverityDefinition level) =>
        PromiseWords.FirstResponse(policy, level.Severity) is { } promise ? $"is what this amounts to: {promise}." : "is what this amounts to.";

    private string? Problem(string field) => _refusals.FirstOrDefault(r => r.Field == field)?.Message;

    private string? Invalid(string field) => Problem(field) is null ? null : "true";
}
