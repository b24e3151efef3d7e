using Microsoft.AspNetCore.Components;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Web.Tickets.Requests;

namespace SupportPortal.Web.Tickets.Workbench;

/// <summary>A text on its way, with its files, under the key that makes two sendings one.</summary>
public sealed record OutgoingText(string DraftKey, string Text, string Key, IReadOnlyList<AttachmentRow> Files);

/// <summary>A text box with its files and its button. What is typed is kept as a draft; one text is sent once, however often the button is pressed.</summary>
public sealed partial class TextBox(Drafts drafts, Attachments attachments)
{
    private readonly string _id = $"text-{Guid.NewGuid():N}";
    private ReplyDraft _written = ReplyDraft.New();
    private IReadOnlyList<AttachmentRow> _files = [];
    private Refusal? _refusal;
    private bool _sending;
    private bool _justSent;
    private KeptDraft? _draft;

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required string Hint { get; set; }

    [Parameter, EditorRequired]
    public required string Button { get; set; }

    /// <summary>Where the draft is kept.</summary>
    [Parameter, EditorRequired]
    public required string DraftKey { get; set; }

    /// <summary>Only staff read it, and it looks like that.</summary>
    [Parameter]
    public bool IsInternal { get; set; }

    /// <summary>The refusal of a text whose key has sent another one already; the next try is a text of its own.</summary>
    public static readonly Refusal SentBefore = new("", "This was already sent with another text. To send this one as well, send it again.", RefusalKind.NotNow);

    private string Text => _written.Text ?? "";

    private bool IsEmpty => Text == "" && _files.Count == 0;

    /// <summary>Sends the text under a key that stays the same until it has arrived; answers the refusal, if any.</summary>
    [Parameter, EditorRequired]
    public required Func<OutgoingText, Task<Refusal?>> Send { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _draft = new KeptDraft(drafts, Actor, DraftKey);
        if (await drafts.ReadAsync(Actor, DraftKey) is { } kept) _written = ReplyDraft.Read(kept.Text);
        _files = await attachments.OfDraftAsync(Actor, DraftKey);
    }

    private async Task TypedAsync(string? text)
    {
        (_written, _justSent, _refusal) = (_written with { Text = text }, false, null);
        await KeepAsync();
    }

    private async Task AttachedAsync(IReadOnlyList<AttachmentRow> files)
    {
        (_files, _justSent, _refusal) = (files, false, null);
        await KeepAsync();
    }

    private Task KeepAsync() => _draft!.KeepAsync(IsEmpty ? null : _written.ToString());

    private async Task SendAsync()
    {
        // The second click of a double click: it finds the box empty because the first one has sent its text.
        if (_sending || (_justSent && IsEmpty)) return;
        _sending = true;
        try
        {
            var sent = new OutgoingText(DraftKey, Text, _written.Id, _files);
            _refusal = await Send(sent);
            if (_refusal is { Field: "attachments" }) _files = await attachments.OfDraftAsync(Actor, DraftKey);
            if (_refusal is not null && _refusal != SentBefore) return;
            // Typed or attached meanwhile, or refused: it is not sent, and stays with its draft.
            var rest = _refusal is null && Text == sent.Text ? null : Text;
            if (_refusal is null) _files = [.. _files.ExceptBy(sent.Files.Select(f => f.Id), f => f.Id)];
            (_written, _justSent) = (ReplyDraft.New(rest), rest is null);
            await KeepAsync();
        }
        finally
        {
            _sending = false;
        }
    }
}
