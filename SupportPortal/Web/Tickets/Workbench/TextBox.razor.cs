using Microsoft.AspNetCore.Components;
using SupportPortal.Application.Live;
using SupportPortal.Application.Tickets;
using SupportPortal.Domain;
using SupportPortal.Domain.People;
using SupportPortal.Domain.Tickets;
using SupportPortal.Web.Tickets.Requests;

namespace SupportPortal.Web.Tickets.Workbench;

/// <summary>A text on its way, with its files, under the key that makes two sendings one; and the version its author had before them when they began.</summary>
public sealed record OutgoingText(string DraftKey, string Text, string Key, int? Seen, IReadOnlyList<AttachmentRow> Files);

/// <summary>
/// A text box with its files and its button. What is typed is kept as a draft; one text is sent once, however often the button is
/// pressed, and not past an answer that its author has not been shown.
/// </summary>
public sealed partial class TextBox(Drafts drafts, Attachments attachments)
{
    private readonly string _id = $"text-{Guid.NewGuid():N}";
    private ReplyDraft _written = ReplyDraft.New();
    private IReadOnlyList<AttachmentRow> _files = [];
    private Refusal? _refusal;
    private Collision? _collision;
    private ElementReference _box;
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

    /// <summary>The ticket as it is on screen.</summary>
    [Parameter, EditorRequired]
    public required Ticket Ticket { get; set; }

    /// <summary>The stay during which others see that something is typed here.</summary>
    [Parameter]
    public Visit? Visit { get; set; }

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

    private string? Error => _collision is null ? _refusal?.Message : null;

    private bool CustomerWroteMeanwhile => !IsInternal && Text != "" && Ticket.CustomerWrote > _written.Seen;

    private Writing What => IsInternal ? Writing.Note : Writing.Reply;

    /// <summary>Sends the text under a key that stays the same until it has arrived; answers the refusal, if any.</summary>
    [Parameter, EditorRequired]
    public required Func<OutgoingText, Task<Refusal?>> Send { get; set; }

    /// <summary>How somebody else's answer is shown to the author of this one.</summary>
    [Parameter]
    public Func<TicketEvent, Collision>? Tell { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _draft = new KeptDraft(drafts, Actor, DraftKey);
        if (await drafts.ReadAsync(Actor, DraftKey) is { } kept) _written = ReplyDraft.Read(kept.Text).Begun(Ticket.Version);
        _files = await attachments.OfDraftAsync(Actor, DraftKey);
    }

    // The browser knows what was on screen at the first key; what it says comes before the text does.
    private void Types(TypingEventArgs typing)
    {
        _written = _written with { Seen = _written.Seen ?? Math.Min(typing.Seen, Ticket.Version) };
        Visit?.Types(What);
    }

    private async Task TypedAsync(string? text)
    {
        (_written, _justSent, _refusal) = ((_written with { Text = text }).Begun(Ticket.Version), false, null);
        if (Text == "") Emptied();
        await KeepAsync();
    }

    private void Emptied()
    {
        _collision = null;
        Visit?.Stops(What);
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
            var sent = new OutgoingText(DraftKey, Text, _written.Id, _written.Seen, _files);
            _refusal = await Send(sent);
            _collision = _refusal is AnsweredMeanwhile { Answer: var answer } ? Tell?.Invoke(answer) : null;
            if (_refusal is { Field: "attachments" }) _files = await attachments.OfDraftAsync(Actor, DraftKey);
            if (_refusal is not null && _refusal != SentBefore) return;
            // Typed or attached meanwhile, or refused: it is not sent, and stays with its draft.
            var rest = _refusal is null && Text == sent.Text ? null : Text;
            if (_refusal is null) _files = [.. _files.ExceptBy(sent.Files.Select(f => f.Id), f => f.Id)];
            (_written, _justSent) = ((ReplyDraft.New(rest) with { Seen = sent.Seen }).Begun(Ticket.Version), rest is null);
            if (rest is null) Emptied();
            await KeepAsync();
        }
        finally
        {
            _sending = false;
        }
    }

    private async Task SendAnywayAsync()
    {
        Shown();
        await SendAsync();
        await _box.FocusAsync();
    }

    private async Task KeepWritingAsync()
    {
        Shown();
        await KeepAsync();
        await _box.FocusAsync();
    }

    // Its author has been shown that answer; another one that comes is another collision.
    private void Shown() => (_written, _refusal, _collision) = (_written with { Seen = _collision?.Version ?? _written.Seen }, null, null);
}
