using Microsoft.AspNetCore.Components;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;

namespace SupportPortal.Web.Tickets.Requests;

/// <summary>The customer's reply, kept as a draft while it is written.</summary>
public sealed partial class ReplyForm(TicketDesk desk, Drafts drafts, Attachments attachments)
{
    private KeptDraft? _kept;
    private IReadOnlyList<AttachmentRow> _files = [];
    private IReadOnlyList<Refusal> _refusals = [];
    private MarkdownField? _text;
    private string? _said;
    private bool _sending, _showsProblem;

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    [Parameter, EditorRequired]
    public required long TicketId { get; set; }

    [Parameter]
    public string? Hint { get; set; }

    /// <summary>The reply was sent: the request as it is after it.</summary>
    [Parameter]
    public EventCallback<TicketHistory> OnSent { get; set; }

    [PersistentState]
    public ReplyDraft? Draft { get; set; }

    private string Key => $"reply:{TicketId}";

    // The first click sent it, and the field is empty again.
    private bool IsSecondClick => _said is not null && string.IsNullOrWhiteSpace(Draft!.Text) && _files.Count == 0;

    protected override async Task OnInitializedAsync()
    {
        _kept = new KeptDraft(drafts, Actor, Key);
        if (Draft is null)
        {
            Draft = ReplyDraft.New();
            var kept = await drafts.ReadAsync(Actor, Key);
            if (kept is not null) Draft = ReplyDraft.Read(kept.Text);
            if (kept is null && !RendererInfo.IsInteractive) return; // Files come with a draft: most pages are spared the question.
        }

        _files = await attachments.OfDraftAsync(Actor, Key);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_showsProblem) return;
        _showsProblem = false;
        await _text!.FocusAsync();
    }

    private async Task SendAsync()
    {
        if (_sending || IsSecondClick) return;
        _sending = true;
        try
        {
            var (sent, files) = (Draft!, _files);
            var body = TicketDesk.Seal(sent.Text?.Trim() ?? "");
            var answer = await desk.ActAsync(
                Actor, TicketId, (ticket, _) => attachments.With(ticket, ticket.Reply(Actor, body), files), key: SendingKey.Of(Actor, Key, sent.Id, sent.Text ?? "", files));
            switch (answer)
            {
                case DeskAnswer.Done done:
                    // What was typed or attached meanwhile is not sent: it begins the next reply.
                    Draft = ReplyDraft.New(Draft!.Text == sent.Text ? null : Draft.Text);
                    (_files, _refusals, _said) = ([.. _files.ExceptBy(files.Select(f => f.Id), f => f.Id)], [], "Sent. Support has it now.");
                    await KeepDraftAsync();
                    await OnSent.InvokeAsync(done.History);
                    return;
                case DeskAnswer.KeyReused:
                    Draft = Draft! with { Id = ReplyDraft.New().Id };
                    Show(new Refusal("", "This reply was already sent from another window. To send this text as well, send it again."));
                    return;
                case DeskAnswer.Refused refused:
                    _files = await attachments.OfDraftAsync(Actor, Key); // It may be about one that another window removed or sent.
                    Show([.. refused.Refusals]);
                    return;
                default:
                    Show(new Refusal("", "The request changed at the same moment. Send it again."));
                    return;
            }
        }
        finally
        {
            _sending = false;
        }
    }

    private void Show(params Refusal[] refusals) => (_refusals, _said, _showsProblem) = (refusals, null, true);

    private Task SetTextAsync(string? text)
    {
        Draft = Draft! with { Text = text };
        return KeepAsync();
    }

    private Task SetFilesAsync(IReadOnlyList<AttachmentRow> files)
    {
        _files = files;
        return KeepAsync();
    }

    private Task KeepAsync()
    {
        (_refusals, _said) = ([], null);
        return KeepDraftAsync();
    }

    private Task KeepDraftAsync() => _kept!.KeepAsync(string.IsNullOrWhiteSpace(Draft!.Text) && _files.Count == 0 ? null : Draft.ToString());

    private string? Problem(string field) => _refusals.FirstOrDefault(r => r.Field == field)?.Message;
}
